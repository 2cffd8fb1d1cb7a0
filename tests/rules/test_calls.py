"""Which calls a case wants: a function of its state alone, with keys that stay as long as the wish."""

from rules.procedure.calls import CallKind, answers_call, wanted_calls
from rules.procedure.events import NewsKind
from tests.rules.switch import CASE_NUMBER, END, START, Switch


def test_a_call_says_all_that_is_needed_to_make_it() -> None:
    case = Switch().accepted()
    filing = case.filing(START)
    case.must(filing)
    (call,) = wanted_calls(case.state)
    assert call.kind is CallKind.REGISTER
    assert (call.area, call.segment, call.case_number) == (case.state.area, case.state.segment, CASE_NUMBER)
    assert (call.application, call.application_number) == (START, filing.application_number)
    assert call.content_key == filing.message_key


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
