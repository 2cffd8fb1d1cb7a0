"""Commands for the people who run the hub: ``python -m upkeep``. How to use them: docs/operations.md."""
