"""What those who call the hub read of its numbers and codes is what the code has."""

import re
from pathlib import Path

import pytest

from models.cases.commands import MOST_COMMANDS, MOST_IN_FLIGHT
from models.cases.referrals import PAGE
from runtime.settings.shared import GridCallSettings, HandoverSettings
from schemas import fields
from schemas.characters import other_forms
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode, Repeat
from soap.envelope_reader import MOST_NAMES, MOST_PIECES

_FOLDER = Path(__file__).parents[2] / "docs" / "calling"
CONNECTING, SENDING, VALUES = (
    (_FOLDER / f"{name}.md").read_text() for name in ("connecting", "sending-again", "values-and-lists")
)


@pytest.mark.parametrize("other", other_forms(), ids=lambda pair: "".join(pair))
def test_every_character_that_is_replaced_is_named(other: tuple[str, str]) -> None:
    taken, form = other
    rows = [row for row in VALUES.splitlines() if row.startswith("|") and taken in row.split("|")[1]]

    assert len(rows) == 1 and form in rows[0].split("|")[2]


def test_the_numbers_are_those_that_hold() -> None:
    assert f"{fields.MESSAGE_ID.max_length}文字まで" in SENDING
    assert f"{MOST_IN_FLIGHT}件（`{RefusalCode.TOO_MANY_IN_FLIGHT}`）" in SENDING
    assert f"{MOST_COMMANDS}件（`{RefusalCode.TOO_MANY_COMMANDS}`）" in SENDING
    assert f"1つの応答は{PAGE}件まで" in VALUES
    assert f"{MOST_PIECES // 10_000}万個、それらの名前は{MOST_NAMES}種類" in CONNECTING.replace("\n", "")
    waits, calls = (
        HandoverSettings.model_fields["answer_within"].default,
        GridCallSettings.model_fields["grid_call_timeout"].default,
    )
    assert f"{waits:.0f}秒のうちに結果が出なければ `{RefusalCode.OUTCOME_OPEN}`" in CONNECTING
    assert f"{calls:.0f}秒で打ち切り" in CONNECTING


@pytest.mark.parametrize("code", RefusalCode)
def test_which_id_comes_next_is_said_of_each_kind_of_code(code: RefusalCode) -> None:
    kind = rf"`{code.value[:5]}…`" if code not in (RefusalCode.FORM, RefusalCode.GRID_MAINTENANCE) else f"`{code}`"
    (row,) = (row for row in SENDING.splitlines() if row.startswith("|") and kind in row.split("|")[1])

    said = row.split("|")[2]
    if code is not RefusalCode.GRID_REFUSED:  # of inquiries alone, which take no id: a new one does no harm
        assert REFUSAL_WORDS[code].repeat.value in said
    assert REFUSAL_WORDS[code].repeat is not Repeat.SAME_ID or "同じID" in said


def test_every_code_that_is_named_is_one() -> None:
    named = set(re.findall(r"HUB-[A-Z][0-9]{3}", CONNECTING + SENDING + VALUES))

    assert named <= {code.value for code in RefusalCode}
