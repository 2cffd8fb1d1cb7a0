"""What is asked of a procedure, built for tests from its kind and from what is at hand."""

import dataclasses
from typing import Any, get_args, get_type_hints

from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import Command, CommandContent


def command_content(kind: CommandKind, **values: Any) -> CommandContent:
    """Build what is asked by a command of a kind; takes of the values what the kind has a place for."""
    content_class = _CLASSES[kind]
    names = {each.name for each in dataclasses.fields(content_class)}
    content: CommandContent = content_class(**{"kind": kind} | {name: values[name] for name in names & values.keys()})
    return content


def command_of(kind: CommandKind, **values: Any) -> Command:
    """Build a command of a kind as it is stored, from what is asked and from what stands in its frame."""
    frame = {each.name for each in dataclasses.fields(Command)} & values.keys()
    return Command(content=command_content(kind, **values), **{name: values[name] for name in frame})


_CLASSES: dict[CommandKind, Any] = {
    kind: wanted for wanted in get_args(CommandContent) for kind in get_args(get_type_hints(wanted)["kind"])
}
