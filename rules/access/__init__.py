"""Who may do what: the use cases, and the one table of the rights to them."""
