"""The attacks: what the issue of the front asked for is there, and what they say is what they are called after."""

import re
from pathlib import Path

from lxml import etree

from tools.siege import wording
from tools.siege.attacks import ATTACKS, bodies, connections, handshakes, headers, inquiries, messages, readers
from tools.siege.callers import _MIX
from tools.siege.fort import RETAILERS
from tools.siege.target import Target

TARGET = Target(
    port=1,
    address="127.0.0.1",
    path="/soap/low_voltage",
    namespace="urn:of-test",
    authority="",
    certificate="",
    unregistered="",
    foreign="",
    read="",
    listing="",
    inquiries={},
)
LARGEST = wording.MEBIBYTE


def test_each_attack_has_a_name_of_its_own_and_there_are_more_than_asked_for() -> None:
    names = [attack.name for attack in ATTACKS]

    assert len(set(names)) == len(names) > 8 + 20
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


def test_the_short_form_has_attacks_of_every_kind() -> None:
    for kind in (bodies, connections, handshakes, headers, inquiries, messages, readers):
        assert any(attack.short for attack in kind.ATTACKS)
    assert sum(attack.seconds for attack in ATTACKS if attack.short) < 120


def test_the_table_of_the_document_has_every_attack() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text()

    assert [attack.name for attack in ATTACKS if f"({attack.name})" not in text] == []


def test_every_retailer_sends_every_kind_of_message_in_turn() -> None:
    for place in (0, 1, 49):
        assert {_MIX[number % len(_MIX)] for number in range(place, 27 * 50, len(RETAILERS))} == set(_MIX)


def test_hostile_messages_are_as_large_as_may_be_and_well_formed() -> None:
    for body in (
        wording.many_named(TARGET, "aaaaaaaa"),
        wording.wide(TARGET),
        wording.many_attributed(TARGET),
        wording.many_spaced(TARGET, "aaaaaaaa"),
        wording.commented(TARGET),
        wording.text_beside(TARGET),
        wording.long_value(TARGET),
    ):
        assert LARGEST - 10_000 < len(body) < LARGEST
        etree.fromstring(body, etree.XMLParser(huge_tree=True))


def test_many_named_messages_have_no_name_in_common() -> None:
    first, second = (
        set(re.findall(r"<(n\w+)/>", wording.many_named(TARGET, word))) for word in ("aaaaaaaa", "bbbbbbbb")
    )

    assert len(first) > 4_500 and not first & second
