"""The records of the same cases in several places: compared, and the read model written anew from the history."""
