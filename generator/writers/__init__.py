"""Finished strings to bytes: one writer a format, neither knowing the other."""
