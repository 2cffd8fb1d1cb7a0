"""Bulk files: what may stand in one, how it is read into messages, and what is written back."""
