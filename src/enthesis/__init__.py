"""Enthesis carries a patient through regenerative injections and tells clinic and patient the truth about them."""

__version__ = "0.1.0"
