"""A ruler for pages: what finished PDFs look like, in figures.

``drawn`` reads what a PDF draws, ``breaks`` says where lines may break, ``findings`` measures.
"""
