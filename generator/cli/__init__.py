"""The command ``gen``: what officers type, and what it prints.

A module a group of commands; none decides anything: each asks ``api``. ``output`` alone prints,
asks and exits, ``options`` holds what several commands take.
"""

from .program import cli, main

__all__ = ["cli", "main"]
