"""The front page: how the hub is doing."""
