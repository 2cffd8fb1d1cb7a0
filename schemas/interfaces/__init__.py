"""The messages of the interfaces, one module for each business function (業務)."""
