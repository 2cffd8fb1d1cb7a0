"""The filters of the list of cases, as they stand in the address."""

from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from models.cases.screens import CaseFilter
from rules.numbers import is_sound
from rules.pasted_text import as_number
from rules.procedure.duties import Duty
from rules.switching.visibility import Side
from schemas.checks import check, year_fault
from schemas.codes import Area, CasePhase, Code
from schemas.fields import POINT_NUMBER
from web.shared.forms import FilterForm

NAMES = ("number", "duty", "phase", "area", "registered_from", "registered_to", "side")
"""Of the filters, as they stand in the address."""

ANY_DUTY = "any"
"""Stands in the address for all that the viewer may have to do."""


def _choices(codes: list[Any], *, with_code: bool = False) -> list[SelectChoice]:
    words = [f"{code.value} {code.label}" if with_code else code.label for code in codes]
    return [
        SelectChoice("", "すべて"),
        *(SelectChoice(code.value, word) for code, word in zip(codes, words, strict=True)),
    ]


class CaseSearch(FilterForm):
    """Number, 要対応, state, area, days of registration, and one's own side."""

    number = StringField("番号", filters=[as_number], render_kw={"autocomplete": "off", "inputmode": "latin"})
    duty = SelectField("要対応")
    phase = SelectField("案件状態", choices=_choices(list(CasePhase)))
    area = SelectField("エリア", choices=_choices(list(Area), with_code=True))
    registered_from = DateField("登録日（から）", validators=[Optional()])
    registered_to = DateField("登録日（まで）", validators=[Optional()])
    side = SelectField("自社の立場", choices=_choices([Side.NEW, Side.CURRENT]))

    hints: ClassVar[dict[str, str]] = {"number": "廃止取次番号、申請番号、地点特定番号のいずれか（ハイフン・全角も可）"}

    def __init__(self, args: MultiDict[str, str], *, duties: tuple[Duty, ...]) -> None:
        """Take the filters from the arguments of an address; empty ones count as none.

        :param duties: what the viewer may have to do.
        """
        filters = [(name, value) for name in NAMES if (value := args.get(name, "").strip())]
        super().__init__(MultiDict(filters))
        self.duty.choices = [*_choices(list(duties)), SelectChoice(ANY_DUTY, "要対応のすべて")]
        self._duties = duties
        self.given: dict[str, Any] = dict(filters)
        """The filters that are set, as they go on in addresses."""
        for name in ("duty", "phase", "area", "side"):
            if name not in self.given:
                self[name].data = ""

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
        _refuse_far_day(field)

    def validate_registered_to(self, field: DateField) -> None:
        """Refuse a period that ends before it begins."""
        _refuse_far_day(field)
        if field.data and self.registered_from.data and field.data < self.registered_from.data:
            raise ValidationError("登録日の期間は、後の日が前の日以降になるように指定してください。")

    def wanted(self) -> CaseFilter:
        """Give the filter that the form's sound values make."""
        return CaseFilter(
            number=self.number.data or None,
            duties=self._duties if self.duty.data == ANY_DUTY else _some(_code(Duty, self.duty.data)),
            phase=_code(CasePhase, self.phase.data),
            area=_code(Area, self.area.data),
            registered_from=self.registered_from.data,
            registered_to=self.registered_to.data,
            side=_code(Side, self.side.data),
        )


def _refuse_far_day(field: DateField) -> None:
    if field.data and (fault := year_fault(field.data)) is not None:
        raise ValidationError(fault)


def _some(duty: Duty | None) -> tuple[Duty, ...]:
    return () if duty is None else (duty,)


def _code(kind: type[Code], value: str | None) -> Any:
    return kind(value) if value else None
