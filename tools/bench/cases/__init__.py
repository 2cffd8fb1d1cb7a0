"""Benchmark of whole cases: switches from 12110 to 完了, beside the least workflow with the same outer steps."""
