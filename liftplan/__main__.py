"""`python -m liftplan` is the command line."""

from liftplan.cli import main

if __name__ == "__main__":
    main()
