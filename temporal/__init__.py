"""Temporal and how it is spoken to: client, names, payloads, the way of what is stored to its workflow."""
