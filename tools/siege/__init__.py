"""The siege: attacks on the whole system beside a stream of good requests, and what refused messages leave behind."""
