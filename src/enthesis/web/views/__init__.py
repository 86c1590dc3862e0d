"""Views by theme: each takes input to keyword arguments, calls one act, and puts its result on a page."""
