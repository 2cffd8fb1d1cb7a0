"""What a grid operator looks at before it takes an application: 不備, and whether it comes in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from grid_stub.facilities import is_known_point, supply_at
from grid_stub.patterns import Ending, ends_as
from rules.calendar import Calendar, start_of
from rules.contract_basis import contract_basis_findings
from rules.deadlines import DeadlineRules, earliest_effective_date
from rules.lone_application.dates import effective_date_findings
from rules.lone_application.kinds import KINDS
from rules.lone_application.registration import area_findings
from rules.numbers import area_of_point
from rules.supply_terms import SupplyTerms, supply_terms_findings
from rules.wording import plain_day
from schemas.codes import ApplicationKind, Area, ContractBasis, MeterWork, Segment, SupplyKind
from schemas.fields import POINT_NUMBER
from schemas.findings import Finding
from schemas.grid import TOO_LATE_RULE
from schemas.interfaces.common import GridFinding
from schemas.interfaces.filing import HighVoltageTerms, PurchaseContract


@dataclass(frozen=True, kw_only=True)
class Content:
    """What of an application is examined; what its kind does not say is None."""

    kind: ApplicationKind
    filed_on: date | None
    """The day on which the hub stored this content, where it says so: from there the limits of its date count."""
    point_number: str
    effective_date: date | None
    meter_work: MeterWork | None
    supply_kind: SupplyKind | None = None
    contract_basis: ContractBasis | None = None
    contract_capacity: int | None = None
    high_voltage: HighVoltageTerms | None = None
    purchase: PurchaseContract | None = None


_NOT_THE_HOLDER = {
    ApplicationKind.START: GridFinding(
        field="holderName", rule="holder-name", message="契約名義が現在の契約と異なります。"
    ),
    ApplicationKind.END: GridFinding(
        field="contractNumber", rule="contract-number", message="この契約番号の契約がありません。"
    ),
}
"""By the kinds that say whose contract it is, what is wrong with it."""


def defects(
    content: Content, *, area: Area, segment: Segment, today: date, rules: DeadlineRules, calendar: Calendar
) -> tuple[GridFinding, ...]:
    """List what is wrong with an application (不備), by itself and at its point."""
    return (
        *_about_point(content, area, segment),
        *_about_kind(content, segment, today, rules, calendar),
        *_about_contract(content, area, today),
        *_about_party(content),
    )


def change_of_basis(content: Content) -> tuple[GridFinding, ...]:
    """Say that the 契約決定方法 may not follow the one there is now, which only the grid knows.

    Every customer of the stub has had it for less than a year.
    """
    now, basis = supply_at(content.point_number), content.contract_basis
    if content.supply_kind is not now.kind or basis is None:
        return ()
    findings = contract_basis_findings(supply_kind=now.kind, before=now.basis, after=basis)
    return tuple(_grid_finding(finding) for finding in findings)


def lateness(
    *, effective_date: date, meter_work: MeterWork, today: date, rules: DeadlineRules, calendar: Calendar
) -> tuple[GridFinding, ...]:
    """Say that less than the 標準処理期間 is left, were the pair matched today; else nothing."""
    earliest = earliest_effective_date(matched_on=today, meter_work=meter_work, rules=rules, calendar=calendar)
    if effective_date >= earliest:
        return ()
    words = f"異動日は{plain_day(earliest)}以降でなければなりません（標準処理期間）。"
    return (GridFinding(field="effectiveDate", rule=TOO_LATE_RULE, message=words),)


def _about_point(content: Content, area: Area, segment: Segment) -> Iterator[GridFinding]:
    if area_of_point(content.point_number) is not area:
        yield GridFinding(
            field="pointNumber", rule="area-of-the-point", message=f"{area.label}エリアの地点ではありません。"
        )
    elif not is_known_point(content.point_number):
        label = POINT_NUMBER.in_segment(segment).label
        yield GridFinding(field="pointNumber", rule="unknown-point", message=f"この{label}の地点はありません。")


def _about_kind(
    content: Content, segment: Segment, today: date, rules: DeadlineRules, calendar: Calendar
) -> Iterator[GridFinding]:
    """Check dates and areas of its kind; the hub has done so already, but the grid operator relies on nobody.

    Of a pair the date is measured by its 標準処理期間 (:func:`lateness`).
    """
    yield from map(_grid_finding, area_findings(content.kind, content.point_number))
    if KINDS[content.kind].matched:
        return
    findings = effective_date_findings(
        kind=content.kind,
        segment=segment,
        effective=content.effective_date,
        meter_work=content.meter_work,
        at=start_of(content.filed_on or today),
        rules=rules,
        calendar=calendar,
    )
    yield from map(_grid_finding, findings)


def _about_contract(content: Content, area: Area, today: date) -> Iterator[GridFinding]:
    """Check the terms of the contract, which the hub has done already likewise."""
    if content.effective_date is None:
        return
    terms = SupplyTerms(
        area=area,
        effective_date=content.effective_date,
        supply_kind=content.supply_kind,
        contract_basis=content.contract_basis,
        contract_capacity=content.contract_capacity,
        high_voltage=content.high_voltage,
        purchase=content.purchase,
    )
    yield from map(_grid_finding, supply_terms_findings(terms, today=today))


def _about_party(content: Content) -> Iterator[GridFinding]:
    """Check whose contract it is, which only the grid operator's own book says."""
    if ends_as(content.point_number, Ending.NOT_THE_HOLDER) and content.kind in _NOT_THE_HOLDER:
        yield _NOT_THE_HOLDER[content.kind]


def _grid_finding(finding: Finding) -> GridFinding:
    return GridFinding(field=finding.field, rule=finding.rule, message=finding.message)
