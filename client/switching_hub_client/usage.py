"""The command line's own words in Japanese, where click would speak English.

The hub's commands have the like in ``runtime.command_lines``; this package knows nothing of the hub, so it has its own.
"""

import sys
from collections.abc import Iterable

import click

from switching_hub_client.showing import show

_WORDS = {"Options": "オプション", "Positional arguments": "引数", "[OPTIONS]": "[オプション]"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, text.replace("[required]", "［必須］")) for term, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is in Japanese."""

    context_class = _Context
    allow_extra_args = True  # for click, which would refuse them in English

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name what the command takes, for its usage."""
        return [_WORDS.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        :raises click.UsageError: also where there are more than the command takes.
        """
        extra = super().parse_args(ctx, args)
        if extra:
            raise click.UsageError(f"余分な指定があります: {' '.join(extra)}", ctx)
        return extra

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help, option.callback = "この説明を表示する", _show_help
        return option


def _show_help(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        show(f"{context.get_help()}\n", sys.stdout)
        context.exit()


def usage_words(error: click.UsageError) -> str:
    """Say how the command is used, and what was wrong with how it was."""
    usage = "" if error.ctx is None else f"{error.ctx.get_usage()}\n"
    return f"{usage}{_what_is_wrong(error)}\n"


def _what_is_wrong(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)}: 指定してください"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)}: {error.message}"
        case click.NoSuchOption(option_name=name):
            return f"{name}: このようなオプションはありません"
        case click.BadOptionUsage(option_name=name):
            return f"{name}: 値が要るかどうかを --help で確かめてください"
        case _:
            return error.message


def _name(parameter: click.Parameter) -> str:
    """Name a parameter as it is typed, or as the usage calls it."""
    return "/".join(parameter.opts) if parameter.param_type_name == "option" else parameter.human_readable_name
