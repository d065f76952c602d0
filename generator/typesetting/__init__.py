"""How wide words are, where lines may end, what stays together; a table's columns."""
