"""What a participant or the hub operator can do, one function each; every face calls the same."""
