"""One box for any number, and the numbers a person looked at last."""
