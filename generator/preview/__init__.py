"""Pages of data that nobody has saved yet: a picture of one, and which field each word is of.

A process of its own draws them (``drawing_process``), out of files in memory laid over the
workspace; nothing is written, and nothing is verified.
"""
