"""``python -m generator``: the same as ``gen``."""

from .cli import main

main()
