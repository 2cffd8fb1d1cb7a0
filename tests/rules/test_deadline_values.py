"""The rules on deadlines as values: each with its name and where it stands, kept together when one is set otherwise."""

from dataclasses import fields

import pytest
from pydantic import TypeAdapter

from rules.deadlines import (
    DEADLINE_PROFILES,
    DEADLINE_RULES,
    DeadlineRules,
    DeadlineTopic,
    Period,
    WrongValue,
    value_words,
)
from schemas.codes import Segment

LOW, HIGH, FIT = Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE, Segment.LOW_VOLTAGE_FIT
WITH_WORK, DECISION, MONTHS = (
    DeadlineTopic.STANDARD_WITH_WORK,
    DeadlineTopic.DECISION,
    DeadlineTopic.LATEST_EFFECTIVE_MONTHS,
)


def test_every_rule_is_a_topic() -> None:
    assert {topic.value for topic in DeadlineTopic} == {field.name for field in fields(DeadlineRules)} - {"citations"}


@pytest.mark.parametrize(
    ("segment", "topic", "citation"),
    [
        (LOW, WITH_WORK, "一般送配電事業者の標準処理期間"),
        (HIGH, WITH_WORK, "一般送配電事業者の標準処理期間"),
        (FIT, WITH_WORK, "広域機関の規則"),
        (HIGH, DECISION, "広域機関の規則"),
        (LOW, MONTHS, "広域機関の規則"),
    ],
)
def test_a_rule_says_where_it_stands(segment: Segment, topic: DeadlineTopic, citation: str) -> None:
    assert DEADLINE_RULES[segment].citation(topic, segment=segment) == citation


def test_the_demonstrations_periods_are_told_apart() -> None:
    assert DEADLINE_PROFILES["demo"][LOW].citation(WITH_WORK, segment=LOW) == "実演用の規則"


def test_a_rule_set_otherwise_has_its_own_citation_and_leaves_the_others() -> None:
    rules = DEADLINE_RULES[LOW].with_value(DECISION, Period(3), citation="2027年の改定")
    again = rules.with_value(DECISION, Period(4), citation="2028年の改定")

    assert (rules.decision, again.decision) == (Period(3), Period(4))
    assert again.citation(DECISION, segment=LOW) == "2028年の改定"
    assert again.citation(WITH_WORK, segment=LOW) == DEADLINE_RULES[LOW].citation(WITH_WORK, segment=LOW)
    assert again.standard_with_work == DEADLINE_RULES[LOW].standard_with_work


@pytest.mark.parametrize(("topic", "value"), [(DECISION, 3), (MONTHS, Period(3))], ids=["a number", "a period"])
def test_a_value_of_the_other_kind_is_refused(topic: DeadlineTopic, value: Period | int) -> None:
    with pytest.raises(WrongValue, match=topic.value):
        DEADLINE_RULES[LOW].with_value(topic, value, citation="")


@pytest.mark.parametrize(
    ("topic", "value", "words"),
    [
        (WITH_WORK, Period(8, 2), "8営業日＋2暦日"),
        (WITH_WORK, Period(0, 2), "2暦日"),
        (DECISION, Period(2), "2営業日"),
        (DECISION, Period(0), "当日"),
        (MONTHS, 6, "登録・訂正の日から6か月"),
        (DeadlineTopic.DECISION_RESTARTS, 1, "1回まで"),
    ],
)
def test_a_value_is_written_in_japanese(topic: DeadlineTopic, value: Period | int, words: str) -> None:
    assert value_words(topic, value) == words


def test_rules_that_were_stored_without_citations_are_read() -> None:
    adapter = TypeAdapter(DeadlineRules)
    stored = adapter.dump_python(DEADLINE_RULES[LOW], mode="json")
    del stored["citations"]

    assert adapter.validate_python(stored) == DEADLINE_RULES[LOW]
