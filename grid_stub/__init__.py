"""送配電スタブ: stands in for the systems of the ten grid operators in tests and demonstrations."""
