"""Two versions of a document compared, and an edited document read back into its data."""
