"""Command lines made with click, in Japanese also where click itself would speak English."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import click
from click.exceptions import Exit

from runtime.terminal import say, say_wrong

WRONG_USE = 2
"""Exit status of a command line that cannot be read; nothing was done."""
_WORDS = {
    "Options": "オプション",
    "Positional arguments": "引数",
    "Commands": "命令",
    "[OPTIONS]": "[オプション]",
    "COMMAND [ARGS]...": "命令 …",
}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, text.replace("[required]", "［必須］")) for term, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class _Speaking(click.Command):
    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        :raises click.UsageError: also where an option's value is left out and another option follows.
        """
        names = {
            name: isinstance(parameter, click.Option) and not (parameter.is_flag or parameter.count)
            for parameter in self.get_params(ctx)
            for name in parameter.opts
            if name.startswith("-")
        }
        _refuse_options_for_values(args, takes_value=names, context=ctx)
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Name what the command takes, for its usage."""
        return [_WORDS.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help, option.callback = "この説明を表示する", _show_help
        return option


class Command(_Speaking):
    """A command that does something."""

    allow_extra_args = True  # for click, which would refuse them in English

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        :raises click.UsageError: also where there are more than the command takes.
        """
        extra = super().parse_args(ctx, args)
        if extra:
            raise click.UsageError(f"余分な指定があります: {' '.join(extra)}", ctx)
        return extra


class Group(_Speaking, click.Group):
    """A command with commands below it."""

    command_class = Command
    group_class = type


def carry_out(command: click.Command, arguments: Sequence[str], *, name: str, within: object) -> int:
    """Carry out a command line, and give the exit status that its command returns.

    click's own ``main`` would take a lost connection for a pipe that nobody reads.

    :param name: what people type to run it.
    :param within: what the commands find as ``click.Context.obj``.
    :raises SystemExit: with :data:`WRONG_USE`, where it cannot be read; whoever typed it hears what can be.
    """
    try:
        _refuse_unreadable(arguments)
        with command.make_context(
            name, list(arguments), obj=within, help_option_names=["-h", "--help"], max_content_width=500
        ) as context:
            status: int = command.invoke(context)
            return status
    except Exit as ended:
        return ended.exit_code
    except click.UsageError as wrong:
        say_wrong(_usage_words(wrong))
        raise SystemExit(WRONG_USE) from None


def _refuse_unreadable(arguments: Sequence[str]) -> None:
    """Refuse bytes that are no UTF-8: nothing can be looked up by them."""
    for argument in arguments:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            readable = argument.encode("ascii", "backslashreplace").decode()
            raise click.UsageError(f"文字コードがUTF-8でない指定があります: {readable}")


def _refuse_options_for_values(
    arguments: Sequence[str], *, takes_value: Mapping[str, bool], context: click.Context
) -> None:
    """Refuse an option that stands where another's value is due: click would take ``--reason --paused`` for a reason.

    A value that begins so can still be given, with ``=``.
    """
    for name, following in pairwise(arguments):
        if name == "--":
            return
        if takes_value.get(name) and (following.startswith("--") or following in takes_value):
            raise click.BadOptionUsage(name, following, ctx=context)


def _show_help(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        say(context.get_help())
        context.exit()


def _usage_words(error: click.UsageError) -> str:
    """Say how the command is used, and what was wrong with how it was; a group without a command shows its help."""
    usage = "" if error.ctx is None or isinstance(error, click.exceptions.NoArgsIsHelpError) else error.ctx.get_usage()
    return f"{usage}\n{_what_is_wrong(error)}".lstrip()


def _what_is_wrong(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)}: 指定してください"
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter)}: {error.message}"
        case click.NoSuchOption(option_name=name):
            return f"{name}: このようなオプションはありません"
        case click.exceptions.NoSuchCommand(command_name=name):
            return f"{name}: このような命令はありません"
        case click.BadOptionUsage(option_name=name):
            return f"{name}: 値が要るかどうかを --help で確かめてください"
        case _:
            return error.message


def _name(parameter: click.Parameter) -> str:
    """Name a parameter as it is typed, or as the usage calls it."""
    return "/".join(parameter.opts) if parameter.param_type_name == "option" else parameter.human_readable_name
