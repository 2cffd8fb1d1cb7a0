"""Slots: how many of a server's threads one caller, one target or one kind of work may hold (bulkheads)."""
