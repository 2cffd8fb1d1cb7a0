"""On which side of a procedure somebody acts."""

from enum import StrEnum


class Role(StrEnum):
    """Who may give a command on a case."""

    NEW_RETAILER = "new_retailer"
    CURRENT_RETAILER = "current_retailer"
    APPLICANT = "applicant"
    """Of an application on its own."""
    HUB_OPERATOR = "hub_operator"
    """On no side: it may intervene in any."""
