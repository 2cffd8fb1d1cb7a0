"""What sealing the records costs those who read: 12210 with a sealer at work beside it and without, by turns."""
