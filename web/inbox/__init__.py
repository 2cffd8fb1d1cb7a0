"""The inbox of 現小売."""
