"""From the text of a trial file to immutable columns, or one clear sentence about what is wrong with it."""

from enthesis.evidence.reading.followed import read_followed
from enthesis.evidence.reading.joining import joined
from enthesis.evidence.reading.making import read_trials, trials_from
from enthesis.evidence.reading.noticed import only_study
from enthesis.evidence.reading.trials import Kind, Trials

__all__ = ["Kind", "Trials", "joined", "only_study", "read_followed", "read_trials", "trials_from"]
