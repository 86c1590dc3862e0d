"""The honest analysis of many courses: one table of scores in, every figure with its doubt out."""

from enthesis.outcomes.cohort.analysis import Analysis, Group, analyse
from enthesis.outcomes.cohort.as_json import analysis_as_json
from enthesis.outcomes.cohort.comparing import Comparison, Difference
from enthesis.outcomes.cohort.floors import FEWEST_PEOPLE, LEAST_RESPONSE, kept_back, too_few
from enthesis.outcomes.cohort.measures import Measure, RatingScale, declared, measures, ratings
from enthesis.outcomes.cohort.publishable import publishable
from enthesis.outcomes.cohort.rated import Rated
from enthesis.outcomes.cohort.shares import Share, share, wilson
from enthesis.outcomes.cohort.watching import Watched
from enthesis.outcomes.cohort.week import Flow, Interval, Unmodelled, Week

__all__ = [
    "FEWEST_PEOPLE",
    "LEAST_RESPONSE",
    "Analysis",
    "Comparison",
    "Difference",
    "Flow",
    "Group",
    "Interval",
    "Measure",
    "Rated",
    "RatingScale",
    "Share",
    "Unmodelled",
    "Watched",
    "Week",
    "analyse",
    "analysis_as_json",
    "declared",
    "kept_back",
    "measures",
    "publishable",
    "ratings",
    "share",
    "too_few",
    "wilson",
]
