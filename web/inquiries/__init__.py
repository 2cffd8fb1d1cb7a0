"""Inquiries at the screen, each a form made from the catalogue: one page for each interface and segment."""
