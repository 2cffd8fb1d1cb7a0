"""Benchmark of open cases: thousands that wait cost the worker no memory and a decision no time."""
