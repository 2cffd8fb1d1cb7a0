"""The parts that all screens are made of, each in every state, on a page of samples; of a demonstration alone."""
