"""Settings, from the environment: a class for each process, with what that process uses and no more."""
