"""``python -m generator``: the same as ``gen``."""

from .cli import main

if __name__ == "__main__":  # processes of a batch import this module
    main()
