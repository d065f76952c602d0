"""The command ``gen``: what officers type, and what it prints."""

from .commands import cli, main

__all__ = ["cli", "main"]
