"""Client certificates (クライアント証明書): who comes in with one, and what the hub operator does with them."""
