"""The page on which people begin: what waits for them."""
