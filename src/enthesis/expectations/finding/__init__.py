"""From rows of trials to what a person may expect: counted shares first, means converted else."""
