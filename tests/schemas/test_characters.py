"""文字コード表: which characters names and addresses may hold."""

import pytest

from schemas.characters import is_hub_text, is_identifier, is_kana


@pytest.mark.parametrize("character", "髙﨑①㈱№～－亜熙あアａ１A1　 -()々〆ヶ")
def test_what_real_names_and_addresses_need_is_taken(character: str) -> None:
    assert is_hub_text(character)


@pytest.mark.parametrize("character", ["ｱ", "ﾟ", "｡", "\t", "\n", "\x00", "\x7f", "😀", "𠮷", "\ud800", "\u200b", "¥"])
def test_half_width_kana_control_characters_and_what_cp932_lacks_are_not_taken(character: str) -> None:
    assert not is_hub_text(character)


@pytest.mark.parametrize("character", "アンヴヶー・　ＡＺ０９")
def test_kana_names_are_full_width(character: str) -> None:
    assert is_kana(character)


@pytest.mark.parametrize("character", "あ亜A1ｱ-\n")
def test_other_letters_are_no_kana(character: str) -> None:
    assert not is_kana(character)


def test_identifiers_are_half_width_letters_digits_and_hyphens() -> None:
    assert all(is_identifier(character) for character in "azAZ09-")
    assert not any(is_identifier(character) for character in "_ .１é")
