"""Templates: where they are, how they are compiled, and what is wrong with them."""
