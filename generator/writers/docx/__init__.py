"""The context through a Word template to bytes."""
