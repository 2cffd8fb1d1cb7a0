"""The page of one point: its procedures, step by step."""
