"""Where parts of documents are kept that were made once, of PDFs and of Word files alike."""
