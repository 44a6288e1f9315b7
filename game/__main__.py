"""`python -m game` is `baghdad`."""

from game.cli import main

if __name__ == "__main__":
    main()
