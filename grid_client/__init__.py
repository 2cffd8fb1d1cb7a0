"""The hub's calls to the grid operators' systems, and what their answers mean for a case."""
