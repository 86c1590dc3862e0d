"""Pages of outcomes: the report of a clinic for its director and analyst, and what it has published."""
