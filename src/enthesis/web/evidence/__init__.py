"""Evidence: reviews of trials, asked questions that are answered as one clicks, and a clinic's own additions."""
