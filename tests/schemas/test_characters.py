"""文字コード表 (ours): what real names and addresses need passes, the rest is refused with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import fields
from schemas.characters import is_hub_text, is_identifier, is_kana
from schemas.checks import check


@pytest.mark.parametrize(
    "text", ["髙橋", "﨑山", "①号棟", "㈱あおぞら", "№５", "～", "－", "Ⅲ", "㍻", "々〆ヶ", "ABC 1-2", "鴎"]
)
def test_names_and_addresses_as_they_are_written_pass(text: str) -> None:
    assert check(fields.ADDRESS, text) == (text, None)


@pytest.mark.parametrize(
    ("text", "place", "code_point"),
    [
        pytest.param("東京ﾄ", 3, "U+FF84", id="half-width kana"),
        pytest.param("ｶﾞ", 1, "U+FF76", id="half-width kana in two parts"),
        pytest.param("東\t京", 2, "U+0009", id="tab"),
        pytest.param("東京\n", 3, "U+000A", id="line feed"),
        pytest.param("東\x7f京", 2, "U+007F", id="control character"),
        pytest.param("\ufeff東京", 1, "U+FEFF", id="byte order mark"),
        pytest.param("東\u200b京", 2, "U+200B", id="zero-width space"),
        pytest.param("東京🏠", 3, "U+1F3E0", id="emoji"),
        pytest.param("吉\U000e0101", 2, "U+E0101", id="variation selector"),
        pytest.param("森鷗外", 2, "U+9DD7", id="a kanji that CP932 has in another form alone"),
        pytest.param("𠮷野", 1, "U+20BB7", id="beyond JIS X 0208"),
        pytest.param("か\u3099", 2, "U+3099", id="sound mark by itself"),
        pytest.param("東京–", 3, "U+2013", id="en dash, which JIS X 0208 does not have"),
        pytest.param("¥100", 1, "U+00A5", id="yen sign, which would come back as a backslash"),
        pytest.param("\ue000", 1, "U+E000", id="private use"),
    ],
)
def test_everything_else_is_refused_with_its_place(text: str, place: int, code_point: str) -> None:
    _, fault = check(fields.ADDRESS, text)
    assert fault is not None and fault.rule == "characters"
    assert f"{place}文字目（{code_point}）" in fault.message


@pytest.mark.parametrize(
    ("other_form", "kept_form"),
    [("〜", "～"), ("−", "－"), ("—", "―"), ("‖", "∥"), ("¢", "￠"), ("£", "￡"), ("¬", "￢")],
)
def test_a_character_of_jis_x_0208_is_taken_in_either_form_and_kept_in_one(other_form: str, kept_form: str) -> None:
    assert check(fields.ADDRESS, f"豊洲１{other_form}２") == (f"豊洲１{kept_form}２", None)
    assert check(fields.ADDRESS, f"豊洲１{kept_form}２") == (f"豊洲１{kept_form}２", None)


def test_every_character_of_jis_x_0208_is_taken() -> None:
    rows = [bytes([row, cell]) for row in range(0xA1, 0xF5) for cell in range(0xA1, 0xFF)]
    table = {text for code in rows if (text := code.decode("euc_jp", errors="ignore"))} | {"—"}
    assert len(table) > 6_800
    assert [text for text in table if check(fields.ADDRESS, f"都{text}")[1] is not None] == []


@given(st.text(st.characters().filter(is_hub_text)))
def test_what_passes_comes_back_from_a_csv_file_in_cp932(text: str) -> None:
    assert text.encode("cp932").decode("cp932") == text


@pytest.mark.parametrize(
    "text",
    ["タカハシ　タロウ", "ヴァン・ダイク", "カ）アオゾラ", "ＮＴＴ－Ａ", "ジョン．Ｆ", "ﾀ".translate({0xFF80: "タ"})],
)
def test_readings_in_kana_pass(text: str) -> None:
    assert check(fields.HOLDER_NAME_KANA, text) == (text, None)


@pytest.mark.parametrize("text", ["たかはし", "高橋", "ﾀｶﾊｼ", "タカハシ タロウ", "ＴＡＲＯ１-２", "タ~"])
def test_other_writing_is_no_reading(text: str) -> None:
    _, fault = check(fields.HOLDER_NAME_KANA, text)
    assert fault is not None and fault.rule == "characters"


def test_every_character_of_a_reading_may_stand_in_any_text() -> None:
    kana = [chr(number) for number in range(0x10000) if is_kana(chr(number))]
    assert len(kana) > 150
    assert all(is_hub_text(character) for character in kana)


def test_identifiers_are_half_width_letters_digits_and_hyphens() -> None:
    assert all(is_identifier(character) for character in "azAZ09-")
    assert not any(is_identifier(character) for character in "_ .１é")
