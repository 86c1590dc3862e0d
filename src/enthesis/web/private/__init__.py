"""Patients' own forms, in a tree of their own: no session, no navigation, no way further in."""
