"""Kinds of procedures part in the core alone: everywhere else a procedure is asked, not its class."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from rules.core import KINDS, PHASES_WITH_DEADLINES, Procedure, kind_of
from schemas.codes import ApplicationKind, CasePhase
from tests.support.core.lone_application import Lone
from tests.support.core.switching_case import Switch

ROOT = Path(__file__).parents[2]
CORE = Path("rules/core.py")
CLASSES = {kind.__name__ for kind in get_args(Procedure)}


def modules() -> list[Path]:
    """List all modules of the product, and of what is built around it."""
    rooms = (path for path in ROOT.iterdir() if path.is_dir() and path.name not in ("tests", "var"))
    inside = (module for room in rooms if not room.name.startswith(".") for module in room.rglob("*.py"))
    return sorted(module.relative_to(ROOT) for module in (*ROOT.glob("*.py"), *inside))


def forks(source: str) -> Iterator[int]:
    """List lines that ask of which class a procedure is: by isinstance, its type, a pattern, a table of classes."""
    if not any(name in source for name in CLASSES):
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kinds]) if CLASSES & names_in(kinds):
                yield node.lineno
            case ast.Compare() if CLASSES & names_in(node):
                yield node.lineno
            case ast.MatchClass(cls=kind) if CLASSES & names_in(kind):
                yield kind.lineno
            case ast.Dict(keys=kinds) if any(key is not None and CLASSES & names_in(key) for key in kinds):
                yield node.lineno


def names_in(node: ast.AST) -> set[str]:
    """List the names that an expression is made of, with those behind a dot."""
    plain = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return plain | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def test_nobody_but_the_core_asks_which_kind_a_procedure_is() -> None:
    asking = {
        f"{module}:{line}"
        for module in modules()
        if module != CORE
        for line in forks((ROOT / module).read_text(encoding="utf-8"))
    }

    assert asking == set(), "give the state a property, the row of rules.core.KINDS a function, or the floor a ByKind"


@pytest.mark.parametrize(
    "fork",
    [
        "isinstance(state, SwitchingCase)",
        "isinstance(state, (int, switching.LoneApplication))",
        "type(state) is LoneApplication",
        "{SwitchingCase: 1}[type(state)]",
        "match state:\n    case SwitchingCase():\n        pass",
    ],
)
def test_a_fork_is_noticed_however_it_is_written(fork: str) -> None:
    assert list(forks(fork))


def test_each_class_of_states_has_its_row() -> None:
    assert set(KINDS) == set(get_args(Procedure))
    assert kind_of(Switch().state).number_label == "廃止取次番号"
    assert kind_of(Lone(ApplicationKind.START).state).number_label == "申請番号"


def test_each_kind_says_in_which_phases_its_deadlines_run() -> None:
    assert kind_of(Switch().state).phases_with_deadlines == (
        CasePhase.AWAITING_DECISION,
        CasePhase.AWAITING_APPLICATIONS,
    )
    assert kind_of(Lone(ApplicationKind.START).state).phases_with_deadlines == (CasePhase.AWAITING_APPLICATIONS,)
    assert PHASES_WITH_DEADLINES == (CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS)
