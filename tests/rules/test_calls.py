"""Which calls a case wants: a function of its state alone, with keys that stay as long as the wish."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from rules.procedure.calls import (
    ApplicationCall,
    CallKind,
    GridCall,
    InquiryCall,
    answers_call,
    application_calls,
)
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind
from tests.support.cast import CURRENT, NEW, SUCCESSOR
from tests.support.core.lone_application import Lone
from tests.support.core.switching_case import CASE_NUMBER, END, START, Switch
from tests.support.moments import day

SIDES = pytest.mark.parametrize(("kind", "leaving"), [(START, NEW), (END, CURRENT)])


def test_a_call_says_all_that_is_needed_to_make_it() -> None:
    case = Switch().accepted()
    filing = case.filing(START, application_number="AP-1")
    case.must(filing)
    (call,) = application_calls(case.state)
    assert call.kind is CallKind.REGISTER
    assert (call.area, call.segment, call.case_number) == (case.state.area, case.state.segment, CASE_NUMBER)
    assert (call.application, call.application_number) == (START, "AP-1")
    assert call.content_key == filing.message_key
    assert (call.filed_under, call.filed_on) == (NEW, case.now.date())


def test_both_applications_are_called_for_side_by_side() -> None:
    assert Switch().accepted().filed(START, END).calls() == ["register start", "register end"]


def test_a_call_keeps_its_key_while_other_things_happen() -> None:
    case = Switch().accepted().filed(START)
    key = case.call(START).key
    case.filed(END).received(END)
    assert case.call(START).key == key
    case.until(case.state.cut_off)
    assert case.call(START).key == key
    case.withdrawn()
    assert case.calls() == ["cancel end", "inquire"]
    case.told(NewsKind.CANCELLED, END)
    assert case.call(START).key == key


def test_every_wish_has_a_key_of_its_own() -> None:
    case = Switch().accepted().filed(START)
    keys = [case.call(START).key]
    keys.append(case.defective(START).corrected(START).call(START).key)
    keys.append(case.received(START).corrected(START).call(START).key)
    keys.append(case.received(START).cancelled(START).call(START).key)
    keys.append(case.told(NewsKind.CANCELLED, START).filed(START).call(START).key)
    assert len(set(keys)) == len(keys)


def test_an_answer_is_told_from_a_status_and_from_the_answer_to_another_content() -> None:
    case = Switch().accepted().filed(START)
    first = case.answer(NewsKind.DEFECTIVE, START)
    assert answers_call(first, case.start, CallKind.REGISTER)
    assert not answers_call(first, case.start, CallKind.AMEND)
    assert not answers_call(case.status(NewsKind.DEFECTIVE, START), case.start, *CallKind)

    case.must(first).corrected(START)
    assert not answers_call(first, case.start, *CallKind)


def test_an_inquiry_is_wanted_until_it_is_answered() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).matched()
    case.until(case.state.cut_off.replace(day=7))
    assert case.calls() == ["inquire"]
    assert case.ignores(case.status(NewsKind.INQUIRED, START, inquiry=0))
    assert case.ignores(case.status(NewsKind.INQUIRED, START, inquiry=2))
    case.must(case.status(NewsKind.INQUIRED, START, inquiry=1))
    assert case.calls() == []


class TestAfterSuccession:
    """The grid operator knows an application under the code it was filed under, whoever it belongs to since."""

    @SIDES
    def test_what_is_on_its_way_goes_on_under_the_code_it_was_filed_under(
        self, kind: ApplicationKind, leaving: str
    ) -> None:
        case = Switch().accepted().filed(kind)
        before = case.call(kind)

        case.must(case.succession(leaving=leaving))

        assert (case.call(kind), case.call(kind).filed_under) == (before, leaving)

    @SIDES
    def test_so_do_its_corrections_and_its_cancellation(self, kind: ApplicationKind, leaving: str) -> None:
        case = Switch().accepted().filed(kind).received(kind)
        case.must(case.succession(leaving=leaving)).corrected(kind)
        assert (case.call(kind).kind, case.call(kind).filed_under) == (CallKind.AMEND, leaving)

        case.received(kind).withdrawn()

        assert (case.call(kind).kind, case.call(kind).filed_under) == (CallKind.CANCEL, leaving)

    @SIDES
    def test_a_cancellation_under_way_stays_as_it_is(self, kind: ApplicationKind, leaving: str) -> None:
        case = Switch().accepted().filed(kind).received(kind).withdrawn()
        before = case.call(kind)

        case.must(case.succession(leaving=leaving))

        assert (case.call(kind), before.filed_under) == (before, leaving)

    @SIDES
    def test_what_the_successor_files_anew_goes_under_its_own(self, kind: ApplicationKind, leaving: str) -> None:
        case = Switch().accepted().filed(kind).received(kind)
        case.must(case.succession(leaving=leaving)).cancelled(kind).told(NewsKind.CANCELLED, kind)

        case.filed(kind)

        assert case.call(kind).filed_under == SUCCESSOR

    @pytest.mark.parametrize("kind", ApplicationKind)
    def test_an_application_on_its_own_too(self, kind: ApplicationKind) -> None:
        lone = Lone(kind).received()
        lone.must(lone.succession()).corrected().received()
        lone.cancelled()

        (call,) = application_calls(lone.state)
        assert (call.kind, call.filed_under, lone.state.applicant) == (CallKind.CANCEL, NEW, SUCCESSOR)


def test_what_is_sent_names_the_day_on_which_it_was_stored() -> None:
    case = Switch().accepted().filed(START).received(START)
    case.now = day("2026-07-06")

    assert case.corrected(START).call(START).filed_on == date(2026, 7, 6)


def test_what_was_stored_before_codes_were_noted_goes_under_its_retailers() -> None:
    case = Switch().accepted().filed(START)
    case.state = replace(case.state, start=replace(case.start, filed_under=None))

    assert case.call(START).filed_under == NEW


@pytest.mark.parametrize("kind", ["register", "inquire"])
def test_a_call_that_was_written_with_a_place_for_everything_is_read(kind: str) -> None:
    # As builds before wrote all calls: one record, in which the kind says what of it is there.
    inquires = kind == "inquire"
    written: dict[str, object] = {
        "key": "inquiry-1" if inquires else "AP-1-1-register",
        "kind": kind,
        "area": "03",
        "segment": "low_voltage",
        "case_number": CASE_NUMBER,
        "origin": "message-0",
        "application": None if inquires else "start",
        "application_number": None if inquires else "AP-1",
        "content_key": None if inquires else "message-1",
        "filed_under": None,
        "filed_on": None,
        "inquiry": 1 if inquires else None,
        "tried": False,
        "trouble": None,
        "told": [],
        "windows": 0,
    }

    read: GridCall = TypeAdapter(GridCall).validate_python(written)

    assert isinstance(read, InquiryCall if inquires else ApplicationCall)
    assert TypeAdapter(GridCall).dump_python(read, mode="json").items() <= written.items()
