"""Mail to the retailers: what it says, and the process that sends it."""
