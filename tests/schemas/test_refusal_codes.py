"""メッセージ仕様書: every code has words and advice, and says whether to send again."""

import re

import pytest

from schemas.findings import Finding, Refusal, Rulebook
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode, Repeat

EVERY = pytest.mark.parametrize("code", RefusalCode)


@EVERY
def test_every_code_has_a_sentence_and_advice_in_japanese(code: RefusalCode) -> None:
    message = REFUSAL_WORDS[code]
    assert message.text.endswith("。") and message.action.endswith("。")
    assert not message.text.isascii()


@EVERY
def test_every_code_is_of_the_form_that_retailers_systems_know(code: RefusalCode) -> None:
    assert re.fullmatch(r"HUB-[TAFBSIR][0-9]{3}", code.value)


def test_no_code_is_given_twice() -> None:
    assert len(RefusalCode) == len(RefusalCode.__members__) == len(REFUSAL_WORDS)


@EVERY
def test_what_may_be_sent_again_is_what_begins_with_r(code: RefusalCode) -> None:
    assert REFUSAL_WORDS[code].retryable == code.value.startswith("HUB-R")


@EVERY
def test_advice_to_send_again_names_the_same_message_id(code: RefusalCode) -> None:
    if REFUSAL_WORDS[code].retryable:
        assert "同じメッセージID" in REFUSAL_WORDS[code].action


@EVERY
def test_a_repeat_of_what_has_no_answer_yet_bears_the_same_id(code: RefusalCode) -> None:
    if REFUSAL_WORDS[code].retryable:
        assert REFUSAL_WORDS[code].repeat is Repeat.SAME_ID


@EVERY
def test_advice_to_send_what_takes_a_new_id_says_so(code: RefusalCode) -> None:
    words = REFUSAL_WORDS[code]
    if words.repeat is Repeat.NEW_ID and re.search("送信|登録し", words.action):
        assert "新しいメッセージID" in words.action


def test_a_refusal_speaks_with_its_codes_words_where_it_has_none_of_its_own() -> None:
    rule = Rulebook().declare("own-case", ("caseNumber", "廃止取次番号"), code=RefusalCode.NO_SUCH_CASE)
    refusal = rule.refusal()
    assert refusal == Refusal(
        RefusalCode.NO_SUCH_CASE,
        (Finding("caseNumber", "廃止取次番号", "own-case", refusal.text, refusal.action),),
    )
    assert not refusal.retryable
