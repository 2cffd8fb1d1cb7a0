"""The siege: attacks on the whole system, each beside a steady stream of good requests."""
