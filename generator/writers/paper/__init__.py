"""Questionnaires on paper: marks, codes, copies, booklets, and the map of their boxes."""
