"""Every use case asks for its right before it touches anything, and each right is asked for."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from rules.access.rights import RIGHTS, USE_CASE_OF, NotAllowed
from rules.access.standing import EVERY_HUB_ROLE, USUAL
from rules.access.use_cases import UseCase
from rules.bulk.kinds import BulkKind
from schemas.catalogue import INTERFACES
from schemas.codes import Segment, UserRole
from schemas.contract import Interface
from tests.support.processes import ROOT
from usecases import users
from usecases.actors import HubOperator, RetailerPerson, RetailerSystem
from usecases.assignments import assign_referral, see_colleagues
from usecases.bulk_files import USE_CASE_OF_KIND, confirm, upload
from usecases.decision import decide_referrals
from usecases.referral_inbox import see_chosen_referrals, see_wanted_referrals
from usecases.registry import ANSWERING
from usecases.user_files import check_users, register_users
from usecases.user_roles import forget_role, save_role, see_roles

Function = Callable[..., Any]

OPERATOR, SYSTEM = HubOperator("operator", capacity=EVERY_HUB_ROLE), RetailerSystem("1001", "192.0.2.7")
PERSON = RetailerPerson("1001", "192.0.2.7", "1001aozo01", USUAL[UserRole.RETAILER_DECIDER])
ADMINISTRATOR = RetailerPerson("1001", "192.0.2.7", "1001kanri1", USUAL[UserRole.RETAILER_ADMINISTRATOR])
FOR_ADMINISTRATORS = (
    *(users.all_users, users.change_user, users.choices_of, users.enable_user, users.register_user),
    *(users.remove_user, users.see_user, users.see_users, users.set_user_rights),
    *(check_users, register_users, forget_role, save_role, see_roles),
)
FOR_RETAILERS = (
    *(assign_referral, confirm, decide_referrals),
    *(see_chosen_referrals, see_colleagues, see_wanted_referrals),
)
"""What is no right of the hub operator's."""
ASKING_THEMSELVES = ("usecases.access", "usecases.recorders")
"""What use cases are made of: whoever calls these has asked, or asks by them."""
WITHOUT_ACTOR = {"hub_of", "slots_of", "readable", "person", "find_person", "admit"}
"""What faces call to have what they hand to a use case, and to read their settings."""
SEVERAL = {
    UseCase.SEE_VOLUMES: {"books_of", "see_volumes"},
    UseCase.INQUIRE_USAGE: {"inquire_usage", "note_usage_file"},
    UseCase.SUCCEED: {"succeed", "succeed_in_all", "preview_succession"},
    UseCase.CLOSE: {"close", "close_all", "preview_closure"},
    UseCase.END_PARTICIPATION: {"end_participation", "hand_over_suspensions", "preview_leaving"},
    UseCase.ASSIGN_REFERRAL: {"assign_referral", "see_colleagues"},
    UseCase.DECIDE_REFERRAL: {"decide_referral", "decide_referrals"},
    UseCase.READ_REFERRAL_INBOX: {"read_referral_inbox", "see_chosen_referrals", "see_wanted_referrals"},
    UseCase.MOVE_CLOCK: {"move_clock_and_wake", "preview_clock_move"},
    UseCase.SEE_CASES: (
        _SEEING := {
            "scope_of",
            "see_standing",
            "see_case",
            "see_application",
            "see_application_standing",
            "see_sent_content",
            "see_rejection_texts",
            "see_grid_findings",
            "see_point",
            "find_by_message",
        }
    ),
    UseCase.SEE_ALL_CASES: _SEEING,
    UseCase.SEE_USERS: {"all_users", "choices_of", "see_user", "see_users"},
    UseCase.REGISTER_USERS: {"check_users", "register_users"},
    UseCase.SET_USER_RIGHTS: {"forget_role", "save_role", "see_roles", "set_user_rights"},
    UseCase.STEER_BULK_FILE: {"pause", "resume", "stop"},
    UseCase.SEE_BULK_FILES: {"files_of", "count_files", "open_files_of", "file_overview", "rows_of"},
    UseCase.SEE_CERTIFICATES: {"see_certificates", "see_certificate"},
}
"""Which rights several functions ask for: what is done to one case and to all of a retailer, with what tells of it
beforehand; and all that is seen of cases. Every other right is asked for by one function."""


class Touched(Exception):
    """A use case reads what it was given, or works with it."""


class Untouchable:
    """Whatever a use case takes: a request, a session, the hub."""

    def __getattribute__(self, name: str) -> Any:
        raise Touched(name)

    def __iter__(self) -> Iterator[Any]:
        raise Touched("iteration")

    def __len__(self) -> int:
        raise Touched("length")


def modules(*folders: str) -> Iterator[str]:
    for path in sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def public_functions(module: str) -> list[Function]:
    tree = ast.parse(Path(ROOT, *module.split(".")).with_suffix(".py").read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [getattr(import_module(module), name) for name in names]


def takes_actor(function: Function) -> bool:
    return "actor" in signature(function).parameters


def whoever(function: Function) -> dict[str, Any]:
    """Give the actor that a function is for, with a segment where it asks in one."""
    if function in FOR_ADMINISTRATORS:
        return {"actor": ADMINISTRATOR}
    if function in FOR_RETAILERS:
        return {"actor": PERSON}
    of_retailers = get_type_hints(function)["actor"] is RetailerPerson
    return {"actor": PERSON, "segment": Segment.LOW_VOLTAGE} if of_retailers else {"actor": OPERATOR}


ANSWERS = {interface: ANSWERING[interface.operation] for interface in INTERFACES}


def behind(answering: Any) -> Function:
    """Give the function that answers an interface, which may be a partial of it."""
    function: Function = answering.func if isinstance(answering, partial) else answering
    return function


OTHERS = [
    function
    for module in modules("usecases")
    if module not in ASKING_THEMSELVES
    for function in public_functions(module)
    if takes_actor(function) and function not in (upload, *map(behind, ANSWERS.values()))
]


class Rights:
    """The table of rights, of which nothing is anybody's until it is given back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._given = dict(RIGHTS)

    def asked_for(self, function: Function, **values: Any) -> list[UseCase]:
        """List what a function asks for, one after the other, until it touches something."""
        for use_case, right in self._given.items():
            self._set(use_case, replace(right, whose=frozenset()))
        asked: list[UseCase] = []
        arguments = {name: Untouchable() for name in signature(function).parameters} | values
        while True:
            try:
                result = function(**arguments)
            except NotAllowed as denied:
                assert denied.use_case not in asked, "asked for again and again"
                asked.append(denied.use_case)
                self._set(denied.use_case, self._given[denied.use_case])
            except Touched:
                return asked
            else:
                assert not isinstance(result, Iterator), "asks when its answer is read, or touches nothing"
                return asked

    def _set(self, use_case: UseCase, right: Any) -> None:
        self._monkeypatch.setitem(RIGHTS, use_case, right)


@pytest.fixture
def rights(monkeypatch: pytest.MonkeyPatch) -> Rights:
    return Rights(monkeypatch)


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.operation)
def test_what_answers_an_interface_asks_for_that_interfaces_right(rights: Rights, interface: Interface) -> None:
    values = {"actor": SYSTEM, "segment": next(iter(interface.segments), None), **keywords(interface)}

    assert rights.asked_for(behind(ANSWERS[interface]), **values) == [USE_CASE_OF[interface]]


@pytest.mark.parametrize("kind", BulkKind)
def test_a_file_of_a_kind_is_taken_by_the_right_of_that_kind(rights: Rights, kind: BulkKind) -> None:
    segment = next(iter(kind.interface.segments))

    assert rights.asked_for(upload, kind=kind, actor=PERSON, segment=segment) == [USE_CASE_OF_KIND[kind]]


@pytest.mark.parametrize("function", OTHERS, ids=lambda function: function.__name__)
def test_every_other_use_case_asks_for_the_right_that_is_its_own(rights: Rights, function: Function) -> None:
    asked = rights.asked_for(function, **whoever(function))

    assert asked
    for use_case in asked:
        assert function.__name__ in SEVERAL.get(use_case, {function.__name__}), use_case.label


def test_each_right_is_asked_for_and_by_one_function_unless_it_is_said(rights: Rights) -> None:
    asking: defaultdict[UseCase, set[str]] = defaultdict(set)
    for interface, answering in ANSWERS.items():
        asking[USE_CASE_OF[interface]].add(behind(answering).__name__)
    for use_case in USE_CASE_OF_KIND.values():
        asking[use_case].add(upload.__name__)
    for function in OTHERS:
        for use_case in rights.asked_for(function, **whoever(function)):
            asking[use_case].add(function.__name__)

    assert set(asking) == set(UseCase)
    assert {use_case: names for use_case, names in asking.items() if len(names) > 1} == SEVERAL


@pytest.mark.parametrize("module", list(modules("web", "soap_api", "upkeep")))
def test_whatever_a_face_has_carried_out_takes_an_actor(module: str) -> None:
    tree = ast.parse(Path(ROOT, *module.split(".")).with_suffix(".py").read_text(encoding="utf-8"))
    called = [
        function
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("usecases")
        for name in node.names
        for function in imported(node.module or "", name.name)
    ]

    assert [each.__name__ for each in called if not takes_actor(each) and each.__name__ not in WITHOUT_ACTOR] == []


def imported(module: str, name: str) -> list[Function]:
    """List the functions that one imported name brings along: itself, or all of a module."""
    if isfunction(function := getattr(import_module(module), name, None)):
        return [function]
    is_module = Path(ROOT, *module.split("."), f"{name}.py").exists()
    return public_functions(f"{module}.{name}") if is_module else []


def keywords(interface: Interface) -> dict[str, Any]:
    answering = ANSWERS[interface]
    return dict(answering.keywords) if isinstance(answering, partial) else {}
