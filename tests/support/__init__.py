"""What the tests share: documents made once, readers of what was made, small agencies."""
