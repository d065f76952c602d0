"""Finished documents looked at again: what they are, and whether today's data say the same."""
