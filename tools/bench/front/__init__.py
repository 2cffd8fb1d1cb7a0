"""What the front costs: the same application behind it and without it."""
