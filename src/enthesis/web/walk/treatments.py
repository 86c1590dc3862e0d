"""The one treatment that can be planned yet."""

TREATMENT = "dextrose-prolotherapy"
