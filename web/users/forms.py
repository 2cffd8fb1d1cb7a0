"""The forms by which people are registered, changed and given rights. What is wrong in them the rules say."""

from collections.abc import Collection, Iterable, Mapping

from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from models.users.people import UserLine
from rules.access.function_groups import USE_CASES_OF, Access, FunctionGroup
from rules.access.rights import RIGHTS
from rules.access.standing import Capacity, Grant
from rules.user_entries import FIELDS, LONGEST_TEXT, RoleChoice, UnsoundEntry
from schemas.codes import Segment
from web.shared.forms import HubForm

_SHORT = {"maxlength": str(LONGEST_TEXT), "autocomplete": "off"}


class UserForm(HubForm):
    """A person."""

    user_id = StringField(FIELDS["user_id"], render_kw={"autocomplete": "off", "spellcheck": "false"})
    name = StringField(FIELDS["name"], render_kw=_SHORT)
    email = StringField(FIELDS["email"], render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": "254"})
    role = RadioField(FIELDS["role"])
    contractor = StringField(FIELDS["contractor"], render_kw=_SHORT)
    works_until = StringField(FIELDS["works_until"], render_kw={"autocomplete": "off", "placeholder": "2027-03-31"})
    device = StringField(FIELDS["device"], render_kw=_SHORT)

    def offer(self, choices: Collection[RoleChoice]) -> None:
        """Offer the roles that there are."""
        self.role.choices = [SelectChoice(choice.key, choice.label) for choice in choices]

    def texts(self) -> dict[str, str]:
        """Give what was typed, by the names of the entry."""
        return {name: self[name].data or "" for name in FIELDS}

    def mark(self, unsound: UnsoundEntry) -> None:
        """Say at each field what is wrong with it."""
        for name, sentence in unsound.faults.items():
            self[name].errors = [sentence]


def typed_of(user: UserLine) -> dict[str, str]:
    """Give what a form of a person begins with."""
    choice = RoleChoice(user.role, user.own_role_id, "")
    return {
        "user_id": user.user_id,
        "name": user.name,
        "email": user.email,
        "role": choice.key,
        "contractor": user.contractor or "",
        "works_until": user.works_until.isoformat() if user.works_until else "",
        "device": user.device,
    }


class RoleForm(HubForm):
    """Which role somebody is to have."""

    role = RadioField(FIELDS["role"], validators=[InputRequired("役割を選んでください。")])


class UsersFileForm(HubForm):
    """A file of people."""

    file = FileField("ファイル")


class RoleDefinitionForm(HubForm):
    """A role of the retailer's own: its name, and for each group of functions the segments to read and to act in."""

    name = StringField(
        "役割の名前",
        validators=[
            InputRequired("役割の名前を入力してください。"),
            Length(max=30, message="役割の名前は30文字以内です。"),
        ],
        render_kw={"maxlength": "30", "autocomplete": "off"},
    )
    grants = SelectMultipleField("権限")

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.grants.choices = [SelectChoice(_key(grant), "") for grant in offered_grants()]

    def chosen(self) -> frozenset[Grant]:
        """Give the rights that are ticked."""
        ticked = set(self.grants.data or ())
        return frozenset(grant for grant in offered_grants() if _key(grant) in ticked)

    @staticmethod
    def ticks(grants: Iterable[Grant]) -> list[str]:
        """Give what is ticked for rights; who may act is ticked to read as well, where that is one."""
        given = set(grants)
        given |= {Grant(grant.group, grant.segment, Access.READ) for grant in given}
        return [_key(grant) for grant in offered_grants() if grant in given]

    def rows(self) -> Mapping[FunctionGroup, list[tuple[str, str, bool]]]:
        """Give for each group its boxes: key, what it is, whether it is ticked."""
        ticked = set(self.grants.data or ())
        rows: dict[FunctionGroup, list[tuple[str, str, bool]]] = {}
        for grant in offered_grants():
            words = f"{grant.segment.label} {grant.access.label}"
            rows.setdefault(grant.group, []).append((_key(grant), words, _key(grant) in ticked))
        return rows


def offered_grants() -> list[Grant]:
    """List the rights that make a difference: a group of which nothing is read has no box for reading."""
    return [
        Grant(group, segment, access)
        for group, use_cases in USE_CASES_OF.items()
        for access in Access
        if any(_adds(access, RIGHTS[use_case].whose) for use_case in use_cases) or _is_scope(group, access)
        for segment in Segment
    ]


def _adds(access: Access, whose: frozenset[Capacity]) -> bool:
    if access is Access.READ:
        return Capacity.READING in whose
    return Capacity.ACTING in whose and Capacity.READING not in whose


def _is_scope(group: FunctionGroup, access: Access) -> bool:
    """Applications are read as cases (:func:`usecases.cases.scope_of`)."""
    return group is FunctionGroup.APPLICATION and access is Access.READ


def _key(grant: Grant) -> str:
    return f"{grant.group}:{grant.segment}:{grant.access}"
