"""Pages: input to keyword arguments, an act of the clinic, its result in words."""
