"""Reading texts off the source of a module: what an expression comes to, as far as the source itself says.

What only running tells (a date, a number, the words of a state) reads as 〔…〕.
"""

import ast
from collections.abc import Iterator, Mapping

UNKNOWN = "〔…〕"

Scope = Mapping[str, tuple[ast.expr, ...]]
"""What is assigned to a name, in the order of the source."""


def assigned_in(body: list[ast.stmt]) -> dict[str, tuple[ast.expr, ...]]:
    """Collect what a block assigns to which name, without functions and classes within it."""
    found: dict[str, tuple[ast.expr, ...]] = {}
    for statement in body:
        for target, value in _assignments(statement):
            found[target] = (*found.get(target, ()), value)
    return found


def texts_of(node: ast.expr | None, scope: Scope) -> tuple[str, ...]:
    """Give the texts an expression can come to; UNKNOWN where the source does not say."""
    if node is None:
        return ("",)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.JoinedStr):
        return ("".join(_piece(part, scope) for part in node.values),)
    if isinstance(node, ast.IfExp):
        return (*texts_of(node.body, scope), *texts_of(node.orelse, scope))
    if isinstance(node, ast.Name) and node.id in scope:
        others = {name: values for name, values in scope.items() if name != node.id}
        return tuple(text for value in scope[node.id] for text in texts_of(value, others))
    return (UNKNOWN,)


def items_of(node: ast.expr, scope: Scope) -> list[ast.expr]:
    """Give the items of a tuple or list, or of a name for one; none where there is none."""
    if isinstance(node, ast.Tuple | ast.List):
        return node.elts
    if isinstance(node, ast.Name) and len(scope.get(node.id, ())) == 1:
        return items_of(scope[node.id][0], scope)
    return []


def entries_of(node: ast.expr, scope: Scope) -> dict[str, ast.expr]:
    """Give the entries of a dictionary with plain keys, or of a name for one."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)}
    if isinstance(node, ast.Name) and len(scope.get(node.id, ())) == 1:
        return entries_of(scope[node.id][0], scope)
    return {}


def _piece(part: ast.expr, scope: Scope) -> str:
    if isinstance(part, ast.FormattedValue):
        texts = texts_of(part.value, scope)
        return texts[0] if len(texts) == 1 else UNKNOWN
    return texts_of(part, scope)[0]


def _assignments(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _bound(target, statement.value)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from _bound(statement.target, statement.value)
    elif isinstance(statement, ast.For):
        rows = statement.iter.elts if isinstance(statement.iter, ast.Tuple | ast.List) else []
        for row in rows:
            yield from _bound(statement.target, row)
    for block in ("body", "orelse"):
        inner = getattr(statement, block, [])
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef) and isinstance(inner, list):
            for one in inner:
                yield from _assignments(one)


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _bound(one, its)
