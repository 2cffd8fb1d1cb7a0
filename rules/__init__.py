"""The business rules: pure functions that take the time and the calendar. No input, no output, no clock."""
