"""Which records are wanted, as it stands in the address."""

from datetime import date, timedelta
from typing import ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import DateField, StringField, ValidationError
from wtforms.validators import Length, Optional

from models.records.search import RecordFilter
from rules.pasted_text import as_sought
from rules.records.seals import RecordKind
from web.shared.forms import ListFilters, refuse_backwards, refuse_far_day
from web.shared.words import day_words

MOST_DAYS = 92
"""A quarter: of more, the newest page alone would be looked at anyway."""
_USUAL = timedelta(days=29)
_LONGEST = 200


class PeriodFilters(ListFilters):
    """Some days of business time; without any, the last thirty."""

    names: ClassVar[tuple[str, ...]] = ("first_day", "last_day")
    first_day = DateField("期間（から）", validators=[Optional()])
    last_day = DateField("期間（まで）", validators=[Optional()])

    def __init__(self, args: MultiDict[str, str], *, today: date) -> None:
        """Take the filters from the arguments of an address."""
        super().__init__(args)
        self._today = today

    @property
    def last(self) -> date:
        """Give the last day that counts."""
        since = self.first_day.data
        return self.last_day.data or (min(since + _USUAL, self._today) if since else self._today)

    @property
    def first(self) -> date:
        """Give the first day that counts."""
        return self.first_day.data or self.last - _USUAL

    @property
    def chosen(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """List what is chosen, in words, with the names in the address."""
        days = f"{day_words(self.first)}から{day_words(self.last)}"
        return [("期間", days, ("first_day", "last_day"))] if {"first_day", "last_day"} & set(self.given) else []

    def validate_first_day(self, field: DateField) -> None:
        """Refuse a day that nothing can be asked for."""
        refuse_far_day(field)

    def validate_last_day(self, field: DateField) -> None:
        """Refuse a period that ends before it begins, and one too long to be looked at."""
        refuse_far_day(field)
        refuse_backwards(field, self.first_day, "")
        if (self.last - self.first).days >= MOST_DAYS:
            raise ValidationError(f"期間は{MOST_DAYS}日以内で指定してください。")


class RecordSearch(PeriodFilters):
    """Number, person, retailer, purpose and days; what kind of record it is, is chosen by tabs."""

    names = ("kind", "number", "user", "retailer", "purpose", *PeriodFilters.names)
    number = StringField("番号（案件・申請・地点）", validators=[Length(max=_LONGEST)])
    user = StringField("ユーザーID", validators=[Length(max=_LONGEST)])
    retailer = StringField("事業者コード", validators=[Length(max=_LONGEST)])
    purpose = StringField("目的（画面・業務の名前の一部、IF番号）", validators=[Length(max=_LONGEST)])

    @property
    def kind(self) -> RecordKind:
        """Give the kind of record, reads unless something else is asked for."""
        return next((kind for kind in RecordKind if kind.value == self.given.get("kind")), RecordKind.READ)

    @property
    def is_asked(self) -> bool:
        """True where something is looked for: each look is on record, and so none is taken unasked."""
        return any(name in self.given for name in self.names if name != "kind")

    @property
    def chosen(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """List what is chosen besides the kind, in words, with the names in the address."""
        fields = (("番号", "number"), ("ユーザーID", "user"), ("事業者コード", "retailer"), ("目的", "purpose"))
        return [(label, self.given[name], (name,)) for label, name in fields if name in self.given] + super().chosen

    def wanted(self) -> RecordFilter:
        """Give the filter that the form's sound values make."""
        return RecordFilter(
            kind=self.kind,
            first=self.first,
            last=self.last,
            number=as_sought(self.given.get("number")),
            user_id=self.given.get("user"),
            retailer_code=self.given.get("retailer"),
            purpose=self.given.get("purpose"),
        )
