"""Model to finished strings: everything a document says, in the order it says it.

Nothing past this package computes. Both writers receive the same frozen context, so
DOCX and PDF cannot disagree in a value.
"""
