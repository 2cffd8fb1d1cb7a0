"""取次訂正: what can be amended, and which deadlines start anew."""

from datetime import date

from rules.procedure.events import Command, CommandKind
from schemas.codes import MeterWork
from tests.support.cast import OTHER, SECOND_POINT
from tests.support.core.switching_case import Switch
from tests.support.moments import day

LATER = date(2026, 9, 1)


def amendment(case: Switch, **fields: object) -> Command:
    return case.command(CommandKind.AMEND, **fields)


def test_the_version_rises_and_the_content_is_the_amendments() -> None:
    case = Switch()
    command = amendment(case, wished_date=LATER)

    case.must(command)

    assert case.state.version == 2
    assert case.state.content_key == command.message_key
    assert (case.state.wished_date, case.state.effective_date) == (LATER, LATER)


def test_the_cut_off_moves_with_the_date() -> None:
    case = Switch().must(amendment(Switch(), wished_date=LATER))
    assert case.state.cut_off == day("2026-08-27", "24:00")


def test_the_decision_deadline_starts_anew_once_at_most() -> None:
    case = Switch(at=day("2026-07-01"))
    assert case.state.decision_due == day("2026-07-03", "24:00")

    case.now = day("2026-07-02")
    case.must(amendment(case))
    assert case.state.decision_due == day("2026-07-06", "24:00")

    case.now = day("2026-07-03")
    case.must(amendment(case))
    assert case.state.decision_due == day("2026-07-06", "24:00")
    assert case.state.version == 3


def test_a_deadline_that_starts_anew_has_its_own_reminder() -> None:
    case = Switch(at=day("2026-07-01")).until(day("2026-07-03", "09:00"))
    assert case.state.reminded

    case.must(amendment(case))

    assert not case.state.reminded
    assert case.state.remind_at == day("2026-07-07", "09:00")


def test_a_deadline_that_stays_is_not_reminded_of_again() -> None:
    case = Switch(at=day("2026-07-01")).must(amendment(Switch())).until(day("2026-07-03", "09:00"))
    assert case.state.reminded

    case.must(amendment(case))

    assert case.state.reminded


def test_undeclared_meter_work_means_work() -> None:
    case = Switch()
    case.must(amendment(case, meter_work=None))
    assert case.state.meter_work is MeterWork.NEEDED
    assert case.state.cut_off == day("2026-07-26", "24:00")


def test_point_and_current_retailer_cannot_be_amended() -> None:
    case = Switch()
    command = amendment(case, point_number=SECOND_POINT, current_retailer=OTHER)
    assert case.refuses(command) == (
        "HUB-B001",
        [("pointNumber", "not-amendable"), ("currentRetailerCode", "not-amendable")],
    )


def test_the_amended_date_passes_the_check_of_a_registration() -> None:
    case = Switch(at=day("2026-07-16"))

    assert case.refuses(amendment(case, wished_date=date(2026, 7, 18))) == (
        "HUB-B001",
        [("wishedDate", "earliest-effective-date")],
    )
    assert case.refuses(amendment(case, wished_date=date(2027, 1, 17))) == (
        "HUB-B001",
        [("wishedDate", "latest-effective-date")],
    )


def test_the_limits_of_an_amended_date_count_from_the_day_it_is_stored() -> None:
    case = Switch(at=day("2026-07-16"), wished=date(2026, 8, 7))
    case.now = day("2026-07-17")

    assert case.refuses(amendment(case, wished_date=date(2026, 7, 22))) == (
        "HUB-B001",
        [("wishedDate", "earliest-effective-date")],
    )
    assert case.refuses(amendment(case, wished_date=date(2027, 1, 18))) == (
        "HUB-B001",
        [("wishedDate", "latest-effective-date")],
    )
    case.must(amendment(case, wished_date=date(2027, 1, 17)))
    case.must(amendment(case, wished_date=date(2026, 7, 23)))


def test_after_the_decision_nothing_is_amended() -> None:
    case = Switch().accepted()
    assert case.refuses(amendment(case)) == ("HUB-S002", [("caseNumber", "amend-phase")])


def test_what_is_stored_at_the_deadline_is_too_late() -> None:
    case = Switch()
    late = amendment(case, at=case.state.decision_due)
    assert case.refuses(late) == ("HUB-S004", [("caseNumber", "decision-deadline")])
