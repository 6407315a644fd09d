"""`python -m policygraph` is the command line."""

from policygraph.cli.main import main

main()
