"""Forms and answers made from the catalogue: what a message has, its screen has, with no line for any one of them."""
