"""The hub's screens for people."""
