"""The client certificates of retailers and of the hub operator, and the record of what was done to each."""
