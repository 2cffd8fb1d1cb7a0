"""The rules on deadlines that the hub operator has set, each with the day from which it holds."""
