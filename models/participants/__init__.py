"""The companies that take part, and the certificates their systems come with."""
