"""Trials, effect sizes, pairwise and network meta-analysis: what the published evidence says, and how surely."""
