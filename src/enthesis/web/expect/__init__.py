"""Expecting honestly: a person's odds, public claims beside what is known, the path of a number, and the decision aid."""
