"""The business and state checks, read off the source of the code that refuses: rule, field and words.

Every ``Finding(...)`` and ``refuse(...)`` counts, also those of functions that take rule or words from their caller.
So what the page says is what is said, and a check that is added stands on it.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from inspect import signature
from pathlib import Path

from docs.specification_pages.source import UNKNOWN, Scope, assigned_in, entries_of, items_of, texts_of
from schemas.findings import Finding, refuse
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode

_ROOT = Path(__file__).parents[2]
_MAKERS = {"Finding": tuple(signature(Finding).parameters), "refuse": tuple(signature(refuse).parameters)}
_SAID = ("rule", "label", "field", "message", "action")


@dataclass(frozen=True)
class Said:
    """One thing that the code can say against a message."""

    module: str
    rule: str
    """UNKNOWN where it is another's: what a grid operator names, or what is handed about in a tuple."""
    code: RefusalCode | None
    """The message code, where the place that says it names one."""
    field: str = ""
    label: str = ""
    message: str = ""
    action: str = ""


@dataclass(frozen=True)
class _Maker:
    """A function that makes findings or refusals, with what it takes and, for one of ours, what it hands on."""

    parameters: tuple[str, ...]
    inner: tuple[tuple[Mapping[str, ast.expr], Scope], ...] = ()


def said_in(*rooms: str) -> tuple[Said, ...]:
    """Read what all modules of rooms (``rules``, ``runtime/soap``) can say against a message."""
    files = [path for room in rooms for path in sorted((_ROOT / room).rglob("*.py"))]
    modules = {_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}
    own = {module: _wrappers(tree) for module, tree in modules.items()}
    shared = {name: _Maker(parameters) for name, parameters in _MAKERS.items()}
    for wrappers in own.values():
        shared |= {name: maker for name, maker in wrappers.items() if not name.startswith("_")}
    found = {one: None for module, tree in modules.items() for one in _said(module, tree, shared | own[module])}
    return tuple(found)


def _name(path: Path) -> str:
    return ".".join(path.relative_to(_ROOT).with_suffix("").parts)


def _wrappers(tree: ast.Module) -> dict[str, _Maker]:
    """Functions that take the rule from their caller."""
    found = {}
    for function, scope in _functions(tree):
        own = _parameters(function)
        calls = [(_bound(call, _MAKERS[name], scope), scope) for name, call in _calls(function, _MAKERS)]
        handing_on = tuple(one for one in calls if _is_parameter(one[0].get("rule"), own))
        if handing_on:
            found[function.name] = _Maker(own, handing_on)
    return found


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    return tuple(one.arg for one in (*function.args.args, *function.args.kwonlyargs) if one.arg != "self")


def _is_parameter(node: ast.expr | None, parameters: Iterable[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in parameters


def _said(module: str, tree: ast.Module, makers: Mapping[str, _Maker]) -> Iterator[Said]:
    constants = assigned_in(tree.body)
    places: list[tuple[ast.AST, Scope]] = [
        *_functions(tree),
        *((one, constants) for one in tree.body if _is_plain(one)),
    ]
    for place, scope in places:
        for name, call in _calls(place, makers):
            maker = makers[name]
            given = _bound(call, maker.parameters, scope)
            if isinstance(place, ast.FunctionDef) and _is_parameter(given.get("rule"), _parameters(place)):
                continue  # its callers say the rule
            if maker.inner:
                told = {key: tuple(map(ast.Constant, texts_of(value, scope))) for key, value in given.items()}
                for inner, its_scope in maker.inner:
                    yield from _read(module, inner, {**its_scope, **told})
            else:
                yield from _read(module, given, scope)


def _is_plain(statement: ast.stmt) -> bool:
    return not isinstance(statement, ast.FunctionDef | ast.ClassDef)


def _functions(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, Scope]]:
    constants = assigned_in(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node, {**constants, **assigned_in(node.body)}


def _calls(place: ast.AST, makers: Mapping[str, object]) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(place):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in makers:
                yield name, node


def _bound(call: ast.Call, parameters: tuple[str, ...], scope: Scope) -> dict[str, ast.expr]:
    """The arguments of a call by the names of its parameters; starred ones taken apart."""
    positional: list[ast.expr] = []
    for argument in call.args:
        positional += items_of(argument.value, scope) if isinstance(argument, ast.Starred) else [argument]
    given = dict(zip(parameters, positional, strict=False))
    for keyword in call.keywords:
        given |= entries_of(keyword.value, scope) if keyword.arg is None else {keyword.arg: keyword.value}
    return given


def _read(module: str, given: Mapping[str, ast.expr], scope: Scope) -> Iterator[Said]:
    texts = {name: texts_of(given.get(name), scope) for name in _SAID}
    codes = _codes(given.get("code"), scope)
    variants = max(len(each) for each in (*texts.values(), codes))
    for at in range(variants):
        one = {name: each[at] if len(each) == variants else each[-1] for name, each in texts.items()}
        yield _completed(Said(module, code=codes[at] if len(codes) == variants else codes[-1], **one))


def _completed(said: Said) -> Said:
    """Message and action that are not given are the code's own."""
    if said.code is None:
        return said
    own = REFUSAL_WORDS[said.code]
    return replace(said, message=said.message or own.text, action=said.action or own.action)


def _codes(node: ast.expr | None, scope: Scope) -> tuple[RefusalCode | None, ...]:
    if isinstance(node, ast.Attribute) and node.attr in RefusalCode.__members__:
        return (RefusalCode[node.attr],)
    if isinstance(node, ast.Name) and node.id in scope:
        return tuple(code for value in scope[node.id] for code in _codes(value, scope))
    return (None,)


__all__ = ["UNKNOWN", "Said", "said_in"]
