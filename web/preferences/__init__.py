"""How a person wants the screens: rows of lists, and single keys."""
