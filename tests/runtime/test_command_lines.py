"""Command lines made with click: what a command returns is the status, and what cannot be read is said in Japanese."""

import click
import pytest

from runtime.command_lines import WRONG_USE, Group, carry_out


@click.group("tool", cls=Group, help="道具")
def tool() -> None:
    """Stand above the command."""


@tool.command("count", help="数える")
@click.argument("things", metavar="もの")
@click.option("--up-to", type=int, required=True, metavar="数", help="いくつまで")
@click.option("--twice", is_flag=True)
@click.pass_obj
def _count(status: int, things: str, up_to: int, twice: bool) -> int:
    if things == "gone":
        raise BrokenPipeError
    return status


def run(*arguments: str) -> int:
    return carry_out(tool, arguments, name="tool", within=5)


def test_what_the_command_returns_is_the_status() -> None:
    assert run("count", "apples", "--up-to", "3") == 5


@pytest.mark.parametrize("wanted", ["--help", "-h"])
def test_help_is_in_japanese_throughout(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("count", wanted) == 0

    output = capsys.readouterr()
    assert output.err == ""
    for words in ("使い方: tool count [オプション] もの\n", "いくつまで  ［必須］", "-h, --help", "この説明を表示する"):
        assert words in output.out
    assert not any(english in output.out for english in ("Usage", "Options", "required", "Show this"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "命令:\n  count  数える"),
        (("cuont",), "使い方: tool [オプション] 命令 …\ncuont: このような命令はありません"),
        (("count",), "使い方: tool count [オプション] もの\nもの: 指定してください"),
        (("count", "apples"), "--up-to: 指定してください"),
        (("count", "apples", "--up-to"), "--up-to: 値が要るかどうかを --help で確かめてください"),
        (("count", "apples", "--up-to", "3", "--twice=yes"), "--twice: 値が要るかどうかを"),
        (("count", "apples", "--upto", "3"), "--upto: このようなオプションはありません"),
        (("count", "apples", "pears", "--up-to", "3"), "余分な指定があります: pears"),
        (("count", "\udcff", "--up-to", "3"), "文字コードがUTF-8でない指定があります: \\udcff"),
    ],
    ids=ascii,
)
def test_what_cannot_be_read_is_said_and_nothing_is_done(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)

    output = capsys.readouterr()
    assert (ended.value.code, output.out) == (WRONG_USE, "")
    assert words in output.err
    assert "Error" not in output.err


def test_a_line_that_broke_is_not_taken_for_a_reader_who_left() -> None:
    with pytest.raises(BrokenPipeError):
        run("count", "gone", "--up-to", "3")
