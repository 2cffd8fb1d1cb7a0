"""Every command that the README, docs/calling.md and docs/operations.md show works as pasted on a running local stack.

Numbers, words left to the reader (…) and ports other than the usual ones are filled in, and nothing else.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.stack.environment import base_environment
from deploy.stack.ports import Ports, names
from deploy.stack.supervisor import ROOT
from schemas.codes import Area
from tests.support.polling import until
from tests.support.whole_system import set_right
from tests.support.world import World

ELSEWHERE = {
    r"\$ make |make ": "what starts the stack: tests/deploy, tests/survival",
    r"OTEL_": "settings, no command",
    r"openssl |keytool |tls=|java |     -Djavax": "tools of other languages: tests/clients",
    r"pg_basebackup ": "tests/faults/test_database_put_back.py, which puts a database back by the guide",
    r".* (deadlines set|rebuild)$": "the name of a command, without what it needs",
    r"\.venv/bin/python -m upkeep certificates (?!list)": "tests/upkeep/test_certificates.py, with its own",
    r"\.venv/bin/python -m deploy\.front ": "tests/deploy: it writes where it is told to",
    r"\.venv/bin/python worker\.py &|until curl|kill ": "tests/faults/test_rolling_restart.py",
}
"""How a statement begins that is not carried out here, and why."""
ASKS = re.compile(r"upkeep retailer |--move-clock-by ")
"""Of what cannot be undone for many cases: without a terminal it does nothing, and says what to do."""
INLINE = re.compile(r"`(\.venv/bin/[^`]+)`")


def _statements(block: str) -> Iterator[str]:
    lines = iter(block.splitlines())
    for line in lines:
        statement = line
        while statement.endswith("\\"):
            statement += "\n" + next(lines)
        here = re.search(r"<<(\w+)", statement)
        while here and statement.splitlines()[-1] != here[1]:
            statement += "\n" + next(lines)
        if statement.strip() and not statement.startswith("#"):
            yield re.sub(r" +# .*$", "", statement)


def _shown(document: Path) -> Iterator[str]:
    text = document.read_text()
    for block in re.findall(r"^```(?:bash|console)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from _statements(block)
    yield from (found for found in INLINE.findall(text) if " " in found and not found.endswith("upkeep"))


SHOWN = sorted({one for path in ("README.md", "docs/calling.md", "docs/operations.md") for one in _shown(ROOT / path)})
HERE = sorted(
    (statement for statement in SHOWN if not any(re.match(begin, statement) for begin in ELSEWHERE)),
    key=lambda one: "reconcile" not in one,  # first: what is recorded by hand further down differs from the stub's word
)


@pytest.fixture(scope="module")
def standing(running: World) -> tuple[str, str]:
    """Bring a case to where it waits for its other application; give it with its start application."""
    world = set_right(running)
    number = world.start_filed(Area.TOKYO)
    return number, world.new.result(number).startApplicationNumber


def _filled_in(statement: str, world: World, case: str, application: str) -> str:
    usual, own = Ports(), world.stack.ports
    for name in names():
        statement = re.sub(rf"\b{getattr(usual, name)}\b(?!-)", str(getattr(own, name)), statement)
    statement = re.sub(r"\bSW03L(?:…|\d{14,})", case, statement)
    statement = re.sub(r"\bAP03L…|申請番号", application, statement)
    statement = statement.replace("rebuild 番号", f"rebuild {case}")
    statement = statement.replace("--by …", "--by OCCTO00001").replace("'…'", "'確認のため'")
    statement = statement.replace('--query "…"', "--query \"CasePhase = 'awaiting_decision'\"")
    return re.sub(r"(?<![\w.])var/", f"{world.stack.folder}/", statement)


def _run(statement: str, world: World) -> tuple[int, str]:
    environment = base_environment() | {"HUB_FOLDER": str(world.stack.folder)}
    if statement.startswith(".venv/bin/temporal"):
        environment["TEMPORAL_ADDRESS"] = world.stack.environment["TEMPORAL_ADDRESS"]
    done = subprocess.run(
        ["bash", "-c", statement],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout


def test_the_documents_show_commands_of_each_kind() -> None:
    kinds = (
        "curl ",
        "grep ",
        ".venv/bin/python -m upkeep",
        ".venv/bin/python -m upkeep wake",
        ".venv/bin/temporal",
    )
    for kind in kinds:
        assert [statement for statement in HERE if statement.startswith(kind)], kind
    assert [statement for statement in SHOWN if re.match(r"(python|temporal|alembic) ", statement)] == [], (
        "they are not on the path"
    )


@pytest.mark.parametrize("statement", HERE, ids=lambda one: one.splitlines()[0][:70])
def test_it_works_as_pasted(running: World, standing: tuple[str, str], statement: str) -> None:
    world, (case, application) = running, standing
    if "upkeep case" in statement:
        case = world.registered(world.customer())
        if " resume " in statement:
            assert _run(f".venv/bin/python -m upkeep case suspend {case} --by OCCTO00001 --reason 試し", world)[0] == 0
        if " record " in statement:
            case = world.start_filed(Area.KANSAI)
            application = world.new.result(case).startApplicationNumber
    if "activity reset --workflow-id" in statement:
        world.grid(Area.KANSAI, down=True)
        case = world.start_filed(Area.KANSAI)
        statement = statement.replace("--activity-id 5", f"--activity-id {_pending(world, case)}")

    status, output = _run(_filled_in(statement, world, case, application), world)

    assert "Traceback" not in output and "設定が足りない" not in output, output
    if ASKS.search(statement):
        assert (status, "--yes" in output) == (3, True), output
    else:
        assert status == 0, output
    if statement.startswith("curl") and "registerReferral" in statement:
        assert "caseNumber" in output, output


def _pending(world: World, case: str) -> str:
    """Find the ActivityId of call-grid as the guide says, by ``describe``."""

    def look() -> re.Match[str] | None:
        output = _run(f".venv/bin/temporal workflow describe --workflow-id {case}", world)[1]
        return re.search(r"ActivityId\s+(\S+)", output)

    return until(look)[1]


def test_without_a_stack_it_says_what_is_missing_and_what_to_do(tmp_path: Path) -> None:
    for command in ("-m upkeep reconcile", "-m upkeep areas", "-m upkeep wake"):
        done = subprocess.run(
            ["bash", "-c", f".venv/bin/python {command}"],
            cwd=ROOT,
            env=base_environment() | {"HUB_FOLDER": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )

        assert (done.returncode, done.stderr) == (3, ""), done.stderr
        assert "DATABASE_URL: ありません" in done.stdout and "make up" in done.stdout


def test_a_database_that_is_away_is_said_in_a_sentence(world: World) -> None:
    environment = world.stack.environment | {"DATABASE_URL": "postgresql://hub@127.0.0.1:1/hub"}
    for command in ("reconcile", "wake"):
        done = subprocess.run(
            [str(ROOT / ".venv/bin/python"), "-m", "upkeep", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

        assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
        assert "データベースを使えません" in done.stdout


def test_the_settings_are_their_owners_alone_and_give_way_to_the_environment(world: World) -> None:
    path = world.stack.folder / "environment"

    assert path.stat().st_mode & 0o777 == 0o600
    status, output = _run(f"DATABASE_URL=postgresql://hub@127.0.0.1:1/hub {_AREAS}", world)
    assert (status, "設定が足りない" in output) == (3, True), "of two places nothing is mixed"
    loaded = f"set -a; . {path}; set +a; {_AREAS}"
    assert _run(loaded, world)[0] == 0


_AREAS = ".venv/bin/python -m upkeep areas"
