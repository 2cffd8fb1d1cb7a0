"""Charts drawn on the server: SVG with a title and a description, and the same figures as a table beside it."""
