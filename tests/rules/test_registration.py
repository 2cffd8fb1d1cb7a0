"""Registering a referral (廃止取次登録): what is refused, and the deadlines that count from it."""

from dataclasses import replace
from datetime import date

import pytest

from rules.point_order import OpenProcedure
from rules.switching.registration import Registration, check_registration
from schemas.codes import MeterWork
from schemas.findings import Refusal
from tests.support.cast import NEW, OTHER
from tests.support.core.registrations import referral_registration
from tests.support.core.switching_case import LOW_VOLTAGE, Switch
from tests.support.moments import CALENDAR, day

REGISTRATION = referral_registration(
    wished_date=date(2026, 7, 19), consent_obtained_on=date(2026, 7, 16), at=day("2026-07-16", "23:59")
)


def check(registration: Registration, *, active: bool = True, open_on: OpenProcedure | None = None) -> Refusal | None:
    return check_registration(
        registration,
        current_retailer_active=active,
        open_procedures=() if open_on is None else (open_on,),
        rules=LOW_VOLTAGE,
        calendar=CALENDAR,
    )


def rules_broken(refusal: Refusal | None) -> list[tuple[str, str]]:
    assert refusal is not None
    return [(finding.field, finding.rule) for finding in refusal.findings]


def test_a_sound_registration_passes() -> None:
    assert check(REGISTRATION) is None


@pytest.mark.parametrize(
    ("meter_work", "earliest"), [(MeterWork.NOT_NEEDED, date(2026, 7, 19)), (MeterWork.NEEDED, date(2026, 7, 31))]
)
def test_the_wished_date_leaves_the_standard_period_as_if_it_were_matched_today(
    meter_work: MeterWork, earliest: date
) -> None:
    wished = replace(REGISTRATION, meter_work=meter_work, wished_date=earliest)
    assert check(wished) is None

    day_before = replace(wished, wished_date=earliest.replace(day=earliest.day - 1))
    assert rules_broken(check(day_before)) == [("wishedDate", "earliest-effective-date")]


def test_the_wished_date_is_at_most_six_months_away() -> None:
    assert check(replace(REGISTRATION, wished_date=date(2027, 1, 16))) is None
    too_far = check(replace(REGISTRATION, wished_date=date(2027, 1, 17)))
    assert rules_broken(too_far) == [("wishedDate", "latest-effective-date")]


def test_consent_cannot_be_of_tomorrow() -> None:
    refusal = check(replace(REGISTRATION, consent_obtained_on=date(2026, 7, 17)))
    assert rules_broken(refusal) == [("consent/obtainedOn", "consent-not-in-future")]


def test_nobody_takes_a_customer_over_from_itself() -> None:
    assert rules_broken(check(replace(REGISTRATION, current_retailer=NEW))) == [
        ("currentRetailerCode", "other-retailer")
    ]


def test_the_current_retailer_must_take_part() -> None:
    assert rules_broken(check(REGISTRATION, active=False)) == [("currentRetailerCode", "known-retailer")]


def test_every_reason_is_told_at_once() -> None:
    refusal = check(
        replace(REGISTRATION, wished_date=date(2026, 7, 17), consent_obtained_on=date(2026, 8, 1)), active=False
    )
    assert rules_broken(refusal) == [
        ("consent/obtainedOn", "consent-not-in-future"),
        ("wishedDate", "earliest-effective-date"),
        ("currentRetailerCode", "known-retailer"),
    ]


def test_of_another_retailers_open_procedure_nothing_is_told_but_that_it_is_open() -> None:
    refusal = check(REGISTRATION, open_on=OpenProcedure(number="SW03L20260701000000012", owner=OTHER))
    assert refusal is not None
    assert rules_broken(refusal) == [("pointNumber", "one-procedure-per-point")]
    assert refusal.findings[0].message == refusal.text
    assert "SW03" not in repr(refusal) and "1003" not in repr(refusal)


def test_ones_own_open_procedure_is_named() -> None:
    refusal = check(REGISTRATION, open_on=OpenProcedure(number="SW03L20260701000000012", owner=NEW))
    assert refusal is not None and "SW03L20260701000000012" in refusal.findings[0].message


def test_deadlines_count_from_the_registration() -> None:
    case = Switch(at=day("2026-08-12", "23:59"), wished=date(2026, 9, 1))

    assert case.state.decision_due == day("2026-08-14", "24:00")
    assert case.state.remind_at == day("2026-08-14", "09:00")
    assert case.state.cut_off == day("2026-08-27", "24:00")
    assert case.state.effective_date == date(2026, 9, 1)
    assert case.state.version == 1
