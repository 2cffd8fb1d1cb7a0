"""Which cases are counted, as it stands in the address: whose, of which days, segment and area."""

from collections.abc import Sequence
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import Optional

from models.cases.volume_keys import Book
from models.cases.volumes import VolumeFilter
from schemas.codes import Area, Code, Segment
from web.shared.forms import ListFilters, choices_of, refuse_backwards, refuse_far_day
from web.shared.words import day_words

MOST_DAYS = 92
"""A quarter: more days have no room in a chart."""
_USUAL = timedelta(days=29)
"""From the first day to the last, where they are not given."""
BOOK_WORDS = {
    Book.NEW: "新小売として登録した取次",
    Book.CURRENT: "現小売として受けた取次",
    Book.ALL: "市場全体の取次",
    Book.ALONE: "単独申請",
}


class VolumeSearch(ListFilters):
    """Days of registration, segment and area; whose it is, is chosen by tabs."""

    names = ("book", "registered_from", "registered_to", "segment", "area")
    registered_from = DateField("登録日（から）", validators=[Optional()])
    registered_to = DateField("登録日（まで）", validators=[Optional()])
    segment = SelectField("区分", choices=choices_of(Segment))
    area = SelectField("エリア", choices=choices_of(Area, with_code=True))

    def __init__(self, args: MultiDict[str, str], *, books: Sequence[Book], today: date) -> None:
        """Take the filters from the arguments of an address; without days, the last month counts.

        :param books: what the viewer may have counted; the first is the usual one.
        """
        super().__init__(args)
        self.book = next((book for book in books if book.value == self.given.get("book")), books[0])
        self._today = today

    @property
    def first(self) -> date:
        """Give the first day that counts; where it is not given, a month before the last."""
        return self.registered_from.data or self.last - _USUAL

    @property
    def last(self) -> date:
        """Give the last day that counts; where it is not given, a month after the first, or today."""
        since = self.registered_from.data
        return self.registered_to.data or (since + _USUAL if since else self._today)

    @property
    def chosen(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """List what is chosen besides whose it is, in words, with the names in the address."""
        days = ("registered_from", "registered_to")
        there = [
            (
                "登録日",
                f"{day_words(self.first)}から{day_words(self.last)}",
                days if set(days) & set(self.given) else (),
            ),
            ("区分", _label(Segment, self.segment.data), ("segment",)),
            ("エリア", _label(Area, self.area.data), ("area",)),
        ]
        return [entry for entry in there if set(entry[2]) & set(self.given)]

    def validate_registered_from(self, field: DateField) -> None:
        """Refuse a day that no register can be asked for."""
        refuse_far_day(field)

    def validate_registered_to(self, field: DateField) -> None:
        """Refuse a period that ends before it begins, and one too long to be looked at."""
        refuse_far_day(field)
        refuse_backwards(field, self.registered_from, "登録日")
        if (self.last - self.first).days >= MOST_DAYS:
            raise ValidationError(f"期間は{MOST_DAYS}日以内で指定してください。")

    def wanted(self) -> VolumeFilter:
        """Give the filter that the form's sound values make."""
        return VolumeFilter(
            book=self.book,
            first=self.first,
            last=self.last,
            segment=Segment(self.segment.data) if self.segment.data else None,
            area=Area(self.area.data) if self.area.data else None,
        )


def _label(kind: type[Code], value: str) -> str:
    return next((each.label for each in kind if each.value == value), value)
