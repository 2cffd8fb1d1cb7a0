"""What an administrator enters of a person, in a form or in a row of a file, and what may be wrong with it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from rules.pasted_text import as_pasted
from schemas.codes import UserRole

LONGEST_TEXT = 60
_OWN_PART = re.compile(r"[0-9A-Za-z]{6}")
_EMAIL = re.compile(r"[0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]{1,64}@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+")
_LONGEST_EMAIL = 254
_GIVEN_BY_EVERYBODY = (UserRole.RETAILER_STAFF, UserRole.RETAILER_DECIDER)

FIELDS: Mapping[str, str] = {
    "user_id": "ユーザーID",
    "name": "氏名",
    "email": "メールアドレス",
    "role": "役割",
    "contractor": "受託者の会社名",
    "works_until": "受託の終了日",
    "device": "使用する装置",
}
"""What is entered, by its name, and how people read it; a file has these as its columns."""
OPTIONAL = frozenset({"contractor", "works_until", "device"})


@dataclass(frozen=True)
class RoleChoice:
    """A role that an administrator may give."""

    role: UserRole
    own_role_id: int | None
    label: str

    @property
    def key(self) -> str:
        """Name it in a form."""
        return role_key(self.role, self.own_role_id)


def role_key(role: UserRole, own_role_id: int | None) -> str:
    """Name a role by what never changes: one of the retailer's own by its number."""
    return role.value if own_role_id is None else f"{role.value}-{own_role_id}"


def role_choices(own_roles: Mapping[int, str]) -> tuple[RoleChoice, ...]:
    """List the roles that an administrator may give: the usual ones, and those of the retailer's own by their names."""
    usual = (RoleChoice(role, None, role.label) for role in _GIVEN_BY_EVERYBODY)
    return (*usual, *(RoleChoice(UserRole.RETAILER_OWN, number, name) for number, name in own_roles.items()))


@dataclass(frozen=True, kw_only=True)
class UserEntry:
    """A person, as entered and found sound."""

    user_id: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    role: UserRole
    own_role_id: int | None = None
    contractor: str | None = None
    works_until: date | None = None
    device: str = ""


class UnsoundEntry(Exception):
    """What was entered cannot be a person."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(*faults)
        self.faults = faults
        """By the name of the field, a sentence."""


def read_entry(texts: Mapping[str, str], *, company: str, choices: Collection[RoleChoice], today: date) -> UserEntry:
    """Read what was entered.

    :raises UnsoundEntry: with all that is wrong.
    """
    given = {name: texts.get(name, "").strip() for name in FIELDS}
    user_id, email = whole_user_id(given["user_id"], company=company), normalize("NFKC", given["email"])
    chosen = next((choice for choice in choices if given["role"] in (choice.key, choice.label)), None)
    until = _day(given["works_until"])
    faults = {
        name: f"{FIELDS[name]}を入力してください。" for name in FIELDS if not given[name] and name not in OPTIONAL
    }
    faults = dict(_wrong(given, user_id, email, chosen, until, company, today)) | faults
    if faults or chosen is None:
        raise UnsoundEntry(faults)
    return UserEntry(
        user_id=user_id,
        name=given["name"],
        email=email,
        role=chosen.role,
        own_role_id=chosen.own_role_id,
        contractor=given["contractor"] or None,
        works_until=until,
        device=given["device"],
    )


def whole_user_id(text: str, *, company: str) -> str:
    """Give the id of 4 and 6 characters; the company's 4 need not be entered (terms §6.1)."""
    text = as_pasted(text)
    return f"{company}{text}" if _OWN_PART.fullmatch(text) else text


def _wrong(
    given: Mapping[str, str],
    user_id: str,
    email: str,
    chosen: RoleChoice | None,
    until: date | None,
    company: str,
    today: date,
) -> Iterator[tuple[str, str]]:
    if not (user_id.startswith(company) and _OWN_PART.fullmatch(user_id.removeprefix(company))):
        yield "user_id", f"ユーザーIDは、事業者コード{company}に続けて半角英数字6文字です。"
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        yield "email", "メールアドレスの形式が正しくありません。"
    if chosen is None:
        yield "role", "役割は、利用者権限設定にある役割の名前で指定してください。"
    for name in ("name", "contractor", "device"):
        if len(given[name]) > LONGEST_TEXT or not given[name].isprintable():
            yield name, f"{FIELDS[name]}は{LONGEST_TEXT}文字以内で、改行などを含めずに入力してください。"
    if given["works_until"] and until is None:
        yield "works_until", "受託の終了日は、実在する日付をYYYY-MM-DDで入力してください。"
    elif bool(given["contractor"]) != bool(given["works_until"]):
        missing = "works_until" if given["contractor"] else "contractor"
        yield missing, "受託者の会社名と受託の終了日は、両方を入力するか、両方を空にしてください。"
    elif until is not None and until < today:
        yield "works_until", "受託の終了日は、今日以降の日付にしてください。"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(normalize("NFKC", text).replace("/", "-"))
    except ValueError:
        return None
