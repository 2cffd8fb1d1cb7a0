"""Attacks on the face of the hub, and what they leave behind (``make siege``)."""
