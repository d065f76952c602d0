"""What several kinds of document share: markup, widths, tables, sheets."""
