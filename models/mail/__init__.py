"""Mail to the retailers: what is to be sent, written with the step that is its cause, and what became of it."""
