"""The filters of the list of cases, as they stand in the address."""

from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from models.cases.screens import CaseFilter, Standing, Switching
from rules.numbers import is_sound
from rules.pasted_text import as_sought
from rules.procedure.duties import Duty
from rules.remaining import TimeLeft
from rules.switching.visibility import Side
from schemas.checks import check
from schemas.codes import ApplicationKind, Area, CasePhase, Code, Decision, Segment
from schemas.fields import POINT_NUMBER
from web.shared.forms import ANY, ListFilters, choices_of, refuse_backwards, refuse_far_day

NAMES = (
    "number",
    "duty",
    "due",
    "phase",
    "kind",
    "segment",
    "area",
    "result",
    "registered_from",
    "registered_to",
    "ended_from",
    "ended_to",
    "side",
)
"""Of the filters, as they stand in the address."""

ANY_DUTY = "any"
"""Stands in the address for all that the viewer may have to do."""

_STANDINGS = {Standing.OPEN.value: "進行中のすべて", Standing.ENDED.value: "終了のすべて"}
"""Stand in the address beside the states."""
_CASES_ALONE = SelectChoice(Switching.CASE.value, "スイッチング案件")
_LONE_KINDS = [SelectChoice(kind.value, f"単独申請: {kind.label}") for kind in ApplicationKind]


class CaseSearch(ListFilters):
    """Number, what has to be done, state, kind, where, result, days, and one's own side."""

    names = NAMES
    number = StringField("番号", filters=[as_sought], render_kw={"autocomplete": "off", "inputmode": "latin"})
    duty = SelectField("要対応")
    due = SelectField("期限", choices=choices_of(TimeLeft))
    phase = SelectField("案件状態")
    kind = SelectField("種別", choices=[ANY, _CASES_ALONE, *_LONE_KINDS])
    segment = SelectField("区分", choices=choices_of(Segment))
    area = SelectField("エリア", choices=choices_of(Area, with_code=True))
    result = SelectField("取次判断の結果", choices=choices_of(Decision))
    registered_from = DateField("登録日（から）", validators=[Optional()])
    registered_to = DateField("登録日（まで）", validators=[Optional()])
    ended_from = DateField("終了日（から）", validators=[Optional()])
    ended_to = DateField("終了日（まで）", validators=[Optional()])
    side = SelectField("自社の立場", choices=choices_of([Side.NEW, Side.CURRENT]))

    hints: ClassVar[dict[str, str]] = {"number": "廃止取次番号、申請番号、地点特定番号のいずれか（ハイフン・全角も可）"}

    def __init__(self, args: MultiDict[str, str], *, duties: tuple[Duty, ...]) -> None:
        """Take the filters from the arguments of an address; empty ones count as none.

        :param duties: what the viewer may have to do.
        """
        super().__init__(args)
        self.duty.choices = [*choices_of(duties), SelectChoice(ANY_DUTY, "要対応のすべて")]
        open_or_ended = [SelectChoice(value, word) for value, word in _STANDINGS.items()]
        self.phase.choices = [ANY, *open_or_ended, *choices_of(CasePhase)[1:]]
        self._duties = duties

    def validate_number(self, field: StringField) -> None:
        """Refuse what cannot be a number of ours; a wrong digit is told from a number not found."""
        number = field.data
        if number is None:
            return
        if number.isdigit():
            if (finding := check(POINT_NUMBER, number)[1]) is not None:
                raise ValidationError(finding.message)
        elif not is_sound(number):
            raise ValidationError("番号が正しくありません。すべての桁があるか、打ち間違いがないか確認してください。")

    def validate_registered_from(self, field: DateField) -> None:
        """Refuse a day that no register can be asked for."""
        refuse_far_day(field)

    def validate_registered_to(self, field: DateField) -> None:
        """Refuse a period that ends before it begins."""
        refuse_far_day(field)
        refuse_backwards(field, self.registered_from, "登録日")

    def validate_ended_from(self, field: DateField) -> None:
        """Refuse a day that no register can be asked for."""
        refuse_far_day(field)

    def validate_ended_to(self, field: DateField) -> None:
        """Refuse a period that ends before it begins."""
        refuse_far_day(field)
        refuse_backwards(field, self.ended_from, "終了日")

    @property
    def chips(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Name the filters that are set, each with what is chosen and with the others, which go on without it."""
        return [
            (
                self[name].label.text,
                self._words(name),
                {other: value for other, value in self.given.items() if other != name},
            )
            for name in self.given
        ]

    def _words(self, name: str) -> str:
        field, value = self[name], self.given[name]
        if isinstance(field, SelectField):
            return next((str(choice.label) for choice in field.choices if choice.value == value), str(value))
        return str(field.data or value)

    def wanted(self) -> CaseFilter:
        """Give the filter that the form's sound values make."""
        phase, kind = self.phase.data, self.kind.data
        return CaseFilter(
            number=self.number.data or None,
            duties=self._duties if self.duty.data == ANY_DUTY else _some(_code(Duty, self.duty.data)),
            time_left=_code(TimeLeft, self.due.data),
            phase=None if phase in _STANDINGS else _code(CasePhase, phase),
            standing=Standing(phase) if phase in _STANDINGS else None,
            kind=Switching.CASE if kind == Switching.CASE.value else _code(ApplicationKind, kind),
            segment=_code(Segment, self.segment.data),
            area=_code(Area, self.area.data),
            decision=_code(Decision, self.result.data),
            registered_from=self.registered_from.data,
            registered_to=self.registered_to.data,
            ended_from=self.ended_from.data,
            ended_to=self.ended_to.data,
            side=_code(Side, self.side.data),
        )


def _some(duty: Duty | None) -> tuple[Duty, ...]:
    return () if duty is None else (duty,)


def _code(kind: type[Code], value: str | None) -> Any:
    return kind(value) if value else None
