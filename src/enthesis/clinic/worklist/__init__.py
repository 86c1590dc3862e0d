"""Who needs somebody today."""

from enthesis.clinic.worklist.alerts import open_alert_ids
from enthesis.clinic.worklist.answers import wave_order
from enthesis.clinic.worklist.lines import AT_MOST
from enthesis.clinic.worklist.reading import read_worklist

__all__ = ["AT_MOST", "open_alert_ids", "read_worklist", "wave_order"]
