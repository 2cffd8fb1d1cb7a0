"""Client certificates (クライアント証明書, terms §10.2 to 10.4): who comes in with one, and until when."""
