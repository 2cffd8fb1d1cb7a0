"""What the forms of all screens share."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectChoice, SelectField, ValidationError

from schemas.checks import year_fault
from schemas.codes import Code
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


class ListFilters(FilterForm):
    """What narrows a list: a filter that is empty counts as none, and the others go on in the list's addresses."""

    names: ClassVar[tuple[str, ...]]
    """Of the filters, as they stand in the address."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        """Take the filters from the arguments of an address."""
        given = {name: value for name in self.names if (value := args.get(name, "").strip())}
        super().__init__(MultiDict(given))
        self.given: dict[str, Any] = given
        """The filters that are set, as they go on in addresses."""
        for field in self:
            if isinstance(field, SelectField) and field.name not in given:
                field.data = ""


ANY = SelectChoice("", "すべて")


def choices_of(codes: Iterable[Code], *, with_code: bool = False) -> list[SelectChoice]:
    """Offer codes by their words, behind the choice of all."""
    words = ((code.value, f"{code.value} {code.label}" if with_code else code.label) for code in codes)
    return [ANY, *(SelectChoice(value, word) for value, word in words)]


def refuse_far_day(field: DateField) -> None:
    """Refuse a day that no register can be asked for.

    :raises ValidationError: then.
    """
    if field.data and (fault := year_fault(field.data)) is not None:
        raise ValidationError(fault)


def refuse_backwards(last: DateField, first: DateField, what: str) -> None:
    """Refuse a period that ends before it begins.

    :raises ValidationError: then.
    """
    if last.data and first.data and last.data < first.data:
        raise ValidationError(f"{what}の期間は、後の日が前の日以降になるように指定してください。")
