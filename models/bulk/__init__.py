"""Bulk files: uploaded, checked, confirmed and worked off row by row."""
