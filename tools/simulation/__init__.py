"""A year of switching against the real parts: drawn from a seed, played by the business clock, judged at its end."""
