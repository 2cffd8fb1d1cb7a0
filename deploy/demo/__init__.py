"""The demonstration: one switch from the first inquiry to 完了, as two retailers' systems see it."""
