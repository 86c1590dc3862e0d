"""Each step of a course as a page: open, screen, plan, mix, treat, report, decide, correct."""
