"""What measures and plays the product; nothing of it imports this."""
