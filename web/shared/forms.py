"""What the forms of all screens share."""

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form

from web.shared.drafts import storable


class HubForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form that changes something: sent by POST, with the CSRF token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms' own words in Japanese."""

        locales = ("ja",)


class FilterForm(Form):  # type: ignore[misc]  # nor has WTForms
    """A form that only looks: sent by GET, so that its values stand in the address."""

    class Meta(Form.Meta):  # type: ignore[misc]
        """WTForms' own words in Japanese."""

        locales = ("ja",)

    def __init__(self, args: MultiDict[str, str]) -> None:
        """Take the values of an address, with the sign of an unreadable character for what no page can hold."""
        super().__init__(MultiDict((name, storable(value)) for name, value in args.items(multi=True)))
