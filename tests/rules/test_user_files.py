"""A file of people, and what is entered of each."""

from datetime import date

import pytest

from rules.bulk.problems import FileFault
from rules.user_entries import FIELDS, RoleChoice, UnsoundEntry, read_entry, role_choices
from rules.user_files import PersonRow, read_people
from schemas.codes import UserRole

TODAY = date(2026, 1, 15)
CHOICES = role_choices({7: "低圧の受信箱"})
SOUND = {
    "user_id": "1002mina09",
    "name": "見本 花子",
    "email": "hanako@example.jp",
    "role": "retailer_staff",
    "contractor": "",
    "works_until": "",
    "device": "",
}
HEADER = ",".join(FIELDS.values())


def faults_of(**changes: str) -> dict[str, str]:
    try:
        read_entry(SOUND | changes, company="1002", choices=CHOICES, today=TODAY)
    except UnsoundEntry as unsound:
        return dict(unsound.faults)
    return {}


def read(*lines: str, taken: tuple[str, ...] = (), header: str = HEADER) -> list[PersonRow]:
    data = "\r\n".join((header, *lines)).encode()
    return read_people(data, company="1002", choices=CHOICES, today=TODAY, taken=taken)


def line(user_id: str = "1002mina09", **changes: str) -> str:
    return ",".join((SOUND | {"user_id": user_id} | changes).values())


@pytest.mark.parametrize("user_id", ["1002mina09", "mina09", "１００２ｍｉｎａ０９", " 1002mina09 "])
def test_an_id_is_4_and_6_characters_and_the_companys_own_need_not_be_entered(user_id: str) -> None:
    entry = read_entry(SOUND | {"user_id": user_id}, company="1002", choices=CHOICES, today=TODAY)

    assert entry.user_id == "1002mina09"


@pytest.mark.parametrize("user_id", ["1001mina09", "1002mina0", "1002mina099", "1002みなと09", "", "\x00"])
def test_another_id_is_refused(user_id: str) -> None:
    assert list(faults_of(user_id=user_id)) == ["user_id"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""),
        ("name", "あ" * 61),
        ("name", "見本\n花子"),
        ("email", "hanako"),
        ("email", "a@b@example.jp"),
        ("email", "hanako@example.jp\nBcc: x@example.jp"),
        ("email", f"{'a' * 64}@{'b' * 190}.jp"),
        ("role", "retailer_administrator"),
        ("role", "hub_operator"),
        ("role", "retailer_own-8"),
        ("device", "あ" * 61),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, text: str) -> None:
    assert list(faults_of(**{field: text})) == [field]


@pytest.mark.parametrize(
    ("contractor", "until", "wrong"),
    [
        ("", "", []),
        ("見本事務", "2026-01-15", []),
        ("見本事務", "2026/12/31", []),
        ("見本事務", "", ["works_until"]),
        ("", "2026-12-31", ["contractor"]),
        ("見本事務", "2026-01-14", ["works_until"]),
        ("見本事務", "2026-02-30", ["works_until"]),
    ],
)
def test_a_contractor_has_a_company_and_a_last_day(contractor: str, until: str, wrong: list[str]) -> None:
    assert list(faults_of(contractor=contractor, works_until=until)) == wrong


def test_a_role_of_ones_own_is_named_by_its_name_or_number() -> None:
    for role in ("低圧の受信箱", "retailer_own-7"):
        entry = read_entry(SOUND | {"role": role}, company="1002", choices=CHOICES, today=TODAY)
        assert (entry.role, entry.own_role_id) == (UserRole.RETAILER_OWN, 7)
    assert RoleChoice(UserRole.RETAILER_OWN, 7, "低圧の受信箱").key == "retailer_own-7"


def test_a_file_gives_each_row_with_its_line() -> None:
    rows = read(line(), "", line("1002mina08", role="担当者(取次判断可)"))

    assert [(row.line, row.entry and row.entry.user_id) for row in rows] == [(2, "1002mina09"), (4, "1002mina08")]
    assert rows[1].entry and rows[1].entry.role is UserRole.RETAILER_DECIDER


def test_the_columns_may_stand_in_any_order_and_the_optional_ones_be_left_out() -> None:
    (row,) = read("担当者(照会のみ),h@example.jp,見本,mina09", header="役割,メールアドレス,氏名,ユーザーID")

    assert row.entry and row.entry.user_id == "1002mina09"


def test_a_row_says_all_that_is_wrong_with_it_and_spoils_no_other() -> None:
    bad, good = read(line(email="x", role="x"), line("1002mina08"))

    assert (sorted(bad.faults), bad.entry, dict(good.faults)) == (["email", "role"], None, {})


def test_an_id_that_is_there_or_stands_twice_is_refused() -> None:
    rows = read(line(), line(), line("1002mina08"), taken=("1002mina08",))

    assert [row.faults.get("user_id", "") for row in rows] == [
        "",
        "ユーザーIDが2行目と同じです。",
        "このユーザーIDは、すでに使われています（削除した利用者のIDも使えません）。",
    ]


@pytest.mark.parametrize("row", [line(name="=1+1"), line() + ",x", "1002mina09,見本"])
def test_a_formula_and_a_row_that_does_not_fit_the_header_are_refused(row: str) -> None:
    (read_row,) = read(row)

    assert read_row.entry is None and read_row.faults


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        HEADER.encode(),
        "氏名\r\n見本".encode(),
        f"{HEADER},知らない列\r\n{line()},x".encode(),
        f"{HEADER},氏名\r\n{line()},x".encode(),
        f'{HEADER}\r\n"{line()}'.encode(),
        f"{HEADER}\r\n".encode() + b"\xff\xfe\xfa",
        "\r\n".join((HEADER, *(line(f"1002{number:06}") for number in range(1001)))).encode(),
    ],
)
def test_a_file_of_which_nothing_can_be_used_says_why(data: bytes) -> None:
    with pytest.raises(FileFault) as fault:
        read_people(data, company="1002", choices=CHOICES, today=TODAY)

    assert all(problem.message and problem.action for problem in fault.value.problems)


def test_a_file_may_be_in_the_encoding_of_spreadsheets() -> None:
    data = f"{HEADER}\r\n{line()}".encode("cp932")

    (row,) = read_people(data, company="1002", choices=CHOICES, today=TODAY)

    assert row.entry and row.entry.name == "見本 花子"
