"""What is wrong with a file or with one of its rows: where, in words, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from schemas.findings import Finding, Refusal
from schemas.reading import RawMessage
from schemas.refusal_codes import RefusalCode


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong; what has to do with no line or no column has none."""

    line: int | None = None
    """Of the row's first line, as an editor counts them: the header is 1."""
    letter: str = ""
    """Of the column as spreadsheets name it: A, B, … AA."""
    column: str = ""
    """The column's header."""
    value: str = ""
    """What stands there, as it is in the file."""
    message: str
    action: str
    code: str
    """Of the refusal: ``HUB-F001``."""
    rule: str
    """Stable name of the rule, e.g. ``file-encoding``."""

    @classmethod
    def of(
        cls,
        finding: Finding,
        *,
        line: int | None = None,
        letter: str = "",
        column: str = "",
        value: str = "",
        code: RefusalCode = RefusalCode.FORM,
    ) -> Self:
        """Say a finding of a place in a file."""
        return cls(
            line=line,
            letter=letter,
            column=column or finding.label,
            value=value,
            message=finding.message,
            action=finding.action,
            code=code.value,
            rule=finding.rule,
        )


def problems_of_refusal(
    refusal: Refusal | None,
    *,
    line: int,
    values: RawMessage | None = None,
    letters: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Say why a row was refused, finding by finding; a refusal without any by itself.

    :param values: what the row says, where each finding is to name what stands in its field.
    :param letters: of the file's columns by their elements, where each finding is to name its column's.
    """
    if refusal is None:
        return ()
    if refusal.findings:
        return tuple(
            Problem.of(
                finding,
                line=line,
                letter=(letters or {}).get(finding.field, ""),
                value=_value_at(values or {}, finding.field),
                code=refusal.code,
            )
            for finding in refusal.findings
        )
    code = refusal.code.value
    return (Problem(line=line, message=refusal.text, action=refusal.action, code=code, rule=code),)


def _value_at(values: RawMessage, path: str) -> str:
    """Give what stands in the field that a finding names: ``consent/obtainedOn``; nothing where it names none."""
    found: object = values
    for name in path.split("/"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


class FileFault(Exception):
    """Nothing of a file can be sent."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*(problem.rule for problem in problems))
        self.problems = problems
