"""Running the product: the local stack, the demo, and examples for production."""
