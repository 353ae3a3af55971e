"""The best plan of one block at given prices, and a proved upper bound of it."""
