"""Registering an application on its own: which days, areas and consents are taken, and what follows from them."""

from datetime import date, timedelta
from typing import Any

import pytest

from rules.deadlines import DEADLINE_RULES
from rules.lone_application.registration import check_lone_registration
from rules.point_order import OpenProcedure
from rules.procedure.outcomes import HistoryKind, Party, Transition
from schemas.codes import ApplicationKind, ApplicationState, Area, MeterWork, Segment
from schemas.refusal_codes import RefusalCode
from tests.support.cast import NEW, POINT
from tests.support.core.lone_application import MATCHED_KINDS, NUMBER, OTHER_KINDS, Lone
from tests.support.core.registrations import lone_registration
from tests.support.moments import CALENDAR, MORNING, day

TODAY = MORNING.date()
DATED = [kind for kind in ApplicationKind if kind is not ApplicationKind.USAGE_INQUIRY]
FIRST_DAY = {
    (ApplicationKind.START, Segment.LOW_VOLTAGE): 3,
    (ApplicationKind.END, Segment.LOW_VOLTAGE): 3,
    (ApplicationKind.START, Segment.HIGH_VOLTAGE): 12,
    (ApplicationKind.RE_ENERGISATION, Segment.LOW_VOLTAGE): -31,
    (ApplicationKind.RE_ENERGISATION, Segment.LOW_VOLTAGE_FIT): -31,
    (ApplicationKind.END_OF_SUPPLY, Segment.LOW_VOLTAGE): 0,
    (ApplicationKind.END_OF_SUPPLY, Segment.HIGH_VOLTAGE): 1,
    (ApplicationKind.END_OF_SUPPLY, Segment.LOW_VOLTAGE_FIT): 1,
    (ApplicationKind.CUSTOMER_DETAILS, Segment.LOW_VOLTAGE): 0,
    (ApplicationKind.PRODUCER_DETAILS, Segment.LOW_VOLTAGE_FIT): 0,
    (ApplicationKind.AMPERE_CHANGE, Segment.LOW_VOLTAGE): 1,
}
"""Days from Wednesday 2026-07-01 on: with the 標準処理期間 of 1 business day and 2 days that is Saturday the 4th."""


def broken(kind: ApplicationKind, *, open_on: OpenProcedure | None = None, **changes: Any) -> list[tuple[str, str]]:
    """Give the field and rule of every finding."""
    content = lone_registration(kind, **changes)
    refusal = check_lone_registration(
        content,
        open_procedures=() if open_on is None else (open_on,),
        rules=DEADLINE_RULES[content.segment],
        calendar=CALENDAR,
    )
    return [] if refusal is None else [(finding.field, finding.rule) for finding in refusal.findings]


@pytest.mark.parametrize("kind", ApplicationKind)
def test_every_kind_can_be_registered(kind: ApplicationKind) -> None:
    assert broken(kind) == []

    lone = Lone(kind)

    assert lone.at() is ApplicationState.SENDING and lone.calls() == ["register"]
    assert lone.state.case_number == NUMBER and not lone.state.ended
    assert [line.kind for line in lone.lines] == [HistoryKind.FILED]


@pytest.mark.parametrize(("kind", "segment"), FIRST_DAY, ids=lambda code: code.value)
def test_a_date_is_taken_from_its_first_day_on(kind: ApplicationKind, segment: Segment) -> None:
    first = TODAY + timedelta(days=FIRST_DAY[kind, segment])

    assert broken(kind, segment=segment, effective_date=first) == []
    ((field, rule),) = broken(kind, segment=segment, effective_date=first - timedelta(days=1))
    assert (field, rule) in (("effectiveDate", "earliest-effective-date"), ("effectiveDate", "first-effective-date"))


@pytest.mark.parametrize("kind", DATED)
def test_no_date_lies_more_than_six_months_ahead(kind: ApplicationKind) -> None:
    assert broken(kind, effective_date=date(2027, 1, 1)) == []
    assert broken(kind, effective_date=date(2027, 1, 2)) == [("effectiveDate", "latest-effective-date")]


@pytest.mark.parametrize("area", Area)
def test_amperes_are_not_changed_in_four_areas(area: Area) -> None:
    findings = broken(ApplicationKind.AMPERE_CHANGE, point_number=area.value + POINT[2:])

    without = (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA)
    assert findings == ([("pointNumber", "kind-taken-in-area")] if area in without else [])


def test_every_reason_is_told_at_once() -> None:
    assert broken(
        ApplicationKind.AMPERE_CHANGE,
        point_number="06" + POINT[2:],
        effective_date=TODAY,
        consent_obtained_on=TODAY + timedelta(days=1),
    ) == [
        ("consent/obtainedOn", "consent-not-in-future"),
        ("effectiveDate", "first-effective-date"),
        ("pointNumber", "kind-taken-in-area"),
    ]


def test_another_procedure_on_the_point_is_in_its_way() -> None:
    assert broken(ApplicationKind.RE_ENERGISATION, open_on=OpenProcedure("SW", "1002")) == [
        ("pointNumber", "one-procedure-per-point")
    ]


@pytest.mark.parametrize("kind", ApplicationKind)
def test_the_applicant_stands_on_one_side(kind: ApplicationKind) -> None:
    state = Lone(kind).state

    sides = {state.new_retailer, state.current_retailer}
    assert sides == {NEW, None}
    begins = kind in (ApplicationKind.START, ApplicationKind.RE_ENERGISATION, ApplicationKind.USAGE_INQUIRY)
    assert (state.new_retailer == NEW) is begins
    assert Lone(kind).lines[0].actor is (Party.NEW_RETAILER if begins else Party.CURRENT_RETAILER)


def test_a_pair_must_be_complete_at_the_cut_off_that_a_referral_would_have() -> None:
    assert Lone(ApplicationKind.START).state.cut_off == day("2026-08-04", "24:00")
    assert Lone(ApplicationKind.START, meter_work=None).state.cut_off == day("2026-07-26", "24:00")
    assert Lone(ApplicationKind.END, meter_work=MeterWork.NEEDED).state.cut_off == day("2026-08-04", "24:00")
    assert {Lone(kind).state.cut_off for kind in OTHER_KINDS} == {None}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_defect_can_be_corrected_for_five_business_days(kind: ApplicationKind) -> None:
    lone = Lone(kind).defective()
    due = day("2026-07-08", "24:00")
    assert lone.state.correction_due == due

    late = lone.copy()
    late.now = due
    assert late.refuses(late.correction()) == (
        RefusalCode.DEADLINE_PASSED.value,
        [("applicationNumber", "correction-deadline")],
    )
    assert lone.corrected().state.correction_due is None


@pytest.mark.parametrize("kind", MATCHED_KINDS)
def test_a_correction_may_move_the_date_and_with_it_the_cut_off(kind: ApplicationKind) -> None:
    lone = Lone(kind).received()

    lone.must(lone.correction(effective_date=date(2026, 8, 14)))

    assert lone.state.cut_off == day("2026-08-11", "24:00")
    assert lone.lines[-1].details["effective_date"] == "2026-08-14"


def test_a_correction_moves_neither_the_point_nor_the_date_to_where_it_cannot_be() -> None:
    lone = Lone(ApplicationKind.START).received()

    assert lone.refuses(lone.correction(point_number="04" + POINT[2:], effective_date=TODAY)) == (
        RefusalCode.BUSINESS.value,
        [("pointNumber", "not-amendable"), ("effectiveDate", "earliest-effective-date")],
    )


@pytest.mark.parametrize(("kind", "segment"), FIRST_DAY, ids=lambda code: code.value)
def test_a_correction_is_held_to_the_limits_of_a_registration_on_the_day_it_is_stored(
    kind: ApplicationKind, segment: Segment
) -> None:
    # Two days later, and on a Friday: the 標準処理期間 then takes the weekend in.
    lone = Lone(kind, segment=segment).received()
    lone.now = MORNING + timedelta(days=2)
    days = [lone.now.date() + timedelta(days=days) for days in range(-34, 40)]

    taken = [day for day in days if not broken(kind, segment=segment, effective_date=day, at=lone.now)]

    assert [day for day in days if can_be_corrected_to(lone, day)] == taken
    assert TODAY + timedelta(days=FIRST_DAY[kind, segment]) not in taken


@pytest.mark.parametrize("kind", DATED)
def test_a_correction_may_name_a_day_six_months_after_it_is_stored(kind: ApplicationKind) -> None:
    lone = Lone(kind).received()
    lone.now = MORNING + timedelta(days=2)

    assert lone.refuses(lone.correction(effective_date=date(2027, 1, 4)))[1] == [
        ("effectiveDate", "latest-effective-date")
    ]
    lone.must(lone.correction(effective_date=date(2027, 1, 3)))


@pytest.mark.parametrize("kind", [ApplicationKind.END_OF_SUPPLY, ApplicationKind.CUSTOMER_DETAILS])
def test_a_date_that_stays_is_back_dated_once_it_has_passed(kind: ApplicationKind) -> None:
    lone = Lone(kind, effective_date=TODAY).defective()
    lone.now = MORNING + timedelta(days=1)

    assert lone.refuses(lone.correction())[1] == [("effectiveDate", "first-effective-date")]
    lone.must(lone.correction(effective_date=lone.now.date()))


def can_be_corrected_to(lone: Lone, day: date) -> bool:
    return isinstance(lone.copy().happens(lone.correction(effective_date=day)), Transition)


def test_meter_work_that_leaves_too_little_time_is_refused() -> None:
    lone = Lone(ApplicationKind.START).received()
    lone.now = day("2026-07-28")

    assert lone.refuses(lone.correction(meter_work=None)) == (
        RefusalCode.BUSINESS.value,
        [("meterWork", "standard-period")],
    )


def test_what_takes_effect_in_the_past_is_not_asked_after_at_once() -> None:
    back_dated = Lone(ApplicationKind.RE_ENERGISATION, effective_date=TODAY - timedelta(days=3)).received()

    assert back_dated.calls() == []
    assert back_dated.until(day("2026-09-01")).state.inquiry == 0
