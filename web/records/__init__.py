"""記録: who read and changed what, what is unusual of it, and the seals that hold it."""
