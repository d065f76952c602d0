"""A document's parts: each begins on a new page, is laid out by itself, and may be kept.

A part knows its own words, the stylesheet, the faces and its pictures. It knows nothing of its page
numbers, of other parts, of the document's id, heads and feet: those are laid out for the document
(``furniture``) and put on its pages when it is assembled.
"""
