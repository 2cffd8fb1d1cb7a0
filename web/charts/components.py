"""The templates' macros that draw charts."""

from flask import Blueprint


def chart_components() -> Blueprint:
    """Make them known to the application; there is no page among them."""
    return Blueprint("charts", __name__, template_folder="templates")
