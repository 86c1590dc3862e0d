"""`python -m enthesis`: the same as the `enthesis` command."""

from enthesis.cli import main

main()
