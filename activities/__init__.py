"""Everything a workflow does to the world: the database and the grid operators."""
