"""The contract, written once: codes, fields, messages, interfaces and how they are read."""
