"""The companies that take part."""
