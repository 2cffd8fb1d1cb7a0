"""Lists of cases that people keep by name."""
