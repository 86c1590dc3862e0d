"""The mixing pages: what to draw, what was drawn, and the labels of the syringes. Nothing is kept."""
