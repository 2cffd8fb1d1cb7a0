"""The templates' macros that draw forms and answers made from the catalogue."""

from flask import Blueprint


def catalogue_components() -> Blueprint:
    """Make them known to the application; there is no page among them."""
    return Blueprint("catalogue_forms", __name__, template_folder="templates")
