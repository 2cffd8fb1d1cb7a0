"""Values as client stacks write them, valid and not, for each form of field."""

from hypothesis import strategies as st

from schemas.characters import is_hub_text, is_kana, other_forms
from schemas.fields import Field, Form

_ZONES = (
    "", "Z", "+09:00", "-00:00", "+14:00", "-14:00", "+13:60", "-08:99", "+14:01", "-23:59", "+23:59",
    "+9:00", "+99:00",
)  # fmt: skip
_DAYS = (
    "2026-08-12", "2028-02-29", "2027-02-30", "2100-02-29", "1999-12-31", "2000-01-01", "2199-12-31", "2200-01-01",
    "9999-12-31", "0001-01-01", "-2026-08-12", "12026-08-12", "2026-8-12",
)  # fmt: skip
_TIMES = (
    "10:00:00", "00:00:00", "23:59:59", "24:00:00", "24:00:01", "23:59:60", "10:00", "15:00:00.0", "10:00:00.123",
    "10:00:00.1234567", "23:59:59.9999999", "10:00:00.123456789", "10:00:00.1234567890", "24:00:00.000", "10:00:00.",
)  # fmt: skip
_INTEGERS = (
    "0", "-0", "+0", "1", "+1", "01", "007", "-1", "12", "+0012", "499", "500", "999999999", "1000000000", "1.0", "1e3",
    "", "+", "--1", "0" * 400 + "1", "９", "٣", " 1 ", "\n1\t",
)  # fmt: skip

_TEXT = "".join(chr(number) for number in range(0x10000) if is_hub_text(chr(number)))
_KANA = "".join(chr(number) for number in range(0x10000) if is_kana(chr(number)))
_OTHERS = "".join(other for other, _ in other_forms())


def written(field: Field) -> tuple[str, ...]:
    """Give what is tried of every field of this form."""
    if field.form is Form.DATE:
        return tuple(day + zone for day in _DAYS[:4] for zone in _ZONES) + _DAYS + (" 2026-08-12\n",)
    if field.form is Form.MOMENT:
        days = tuple(f"{day}T{time}+09:00" for day in _DAYS for time in ("10:00:00", "24:00:00"))
        zones = tuple(f"{day}T10:00:00{zone}" for day in ("2026-08-12", "2199-12-31", "2000-01-01") for zone in _ZONES)
        return days + zones + tuple(f"2026-08-12T{time}Z" for time in _TIMES)
    if field.form is Form.INTEGER:
        return _INTEGERS
    if field.code is not None:
        return (*(code.value for code in field.code), " " + next(iter(field.code)).value, "x", "")
    longest = field.max_length or field.min_length
    return (field.example, "", " ", "　", "1", "1" * longest, "1" * (longest + 1), "ｶﾅ", "東\t京", field.example + "\n")


def any_of(field: Field) -> st.SearchStrategy[str]:
    """Draw values of a field's form, most of them near what is valid; of characters, those of the 文字コード表."""
    if field.form is Form.DATE:
        return st.builds(str.__add__, st.dates().map(str), st.sampled_from(_ZONES))
    if field.form is Form.MOMENT:
        fraction = st.from_regex(r"(\.[0-9]{1,12})?", fullmatch=True)
        zones = st.sampled_from(_ZONES) | st.from_regex(r"[+-](0[0-9]|1[0-5]):[0-5][0-9]", fullmatch=True)
        return st.builds(lambda at, part, zone: f"{at:%Y-%m-%dT%H:%M:%S}{part}{zone}", st.datetimes(), fraction, zones)
    if field.form is Form.INTEGER:
        return st.from_regex(r"[+-]?0{0,30}[0-9]{0,12}", fullmatch=True)
    if field.code is not None:
        return st.sampled_from([code.value for code in field.code]) | st.text(max_size=5)
    longest = (field.max_length or 10) + 2
    if field.pattern is not None:
        return st.from_regex(field.pattern, fullmatch=True) | st.text(st.characters(codec="ascii"), max_size=longest)
    alphabet = _KANA if field.characters is is_kana else _TEXT + _OTHERS
    return st.text(st.sampled_from(alphabet), max_size=longest) | st.text(st.sampled_from(" 　1A-"), max_size=longest)
