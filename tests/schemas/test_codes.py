"""コード定義書: a value once in its code, and words for each."""

import inspect

import pytest

from schemas import codes
from schemas.codes import ENDED_PHASES, Area, CasePhase, Code

ALL_CODES = [
    kind for _, kind in inspect.getmembers(codes, inspect.isclass) if issubclass(kind, Code) and kind is not Code
]


@pytest.mark.parametrize("kind", ALL_CODES)
def test_a_code_has_no_value_and_no_label_twice(kind: type[Code]) -> None:
    assert len(kind) == len(kind.__members__), "the same value twice makes an alias"
    assert len({code.label for code in kind}) == len(kind)


@pytest.mark.parametrize("kind", ALL_CODES)
def test_every_value_can_travel_and_has_words(kind: type[Code]) -> None:
    for code in kind:
        assert code.value.isascii() and code.value.replace("_", "").isalnum()
        assert code.label and not code.label.isascii()


@pytest.mark.parametrize("kind", ALL_CODES)
def test_every_code_says_what_it_is(kind: type[Code]) -> None:
    assert kind.__doc__


def test_areas_are_the_ten_of_the_terms() -> None:
    assert [area.value for area in Area] == [f"{number:02}" for number in range(1, 11)]


def test_a_code_is_its_value_in_json_and_in_text() -> None:
    assert f"{CasePhase.MATCHED}" == CasePhase.MATCHED.value == "matched"


def test_these_phases_end_a_case() -> None:
    assert [phase.label for phase in CasePhase if phase in ENDED_PHASES] == [
        "完了",
        "否認",
        "取消",
        "判断期限切れ",
        "マッチング不成立",
        "送配電取消",
        "広域機関による終了",
    ]
