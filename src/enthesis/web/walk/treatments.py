"""The treatment a course is opened with unless another is chosen."""

TREATMENT = "dextrose-prolotherapy"
