"""How wide words are, where lines may end, what stays together; a table's columns."""

TEXTS = 3_000
"""Of so many texts a process keeps each thing that it found out: some four long agreements'."""
