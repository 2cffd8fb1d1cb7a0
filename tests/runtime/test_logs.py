"""What a process logs: JSON lines that tell where something happened, and nothing about customers."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.support.processes import ROOT


def logged(code: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", f"from runtime.logs import logger, set_up_logs\nset_up_logs('test')\n{code}"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=30,
    )
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_an_event_is_one_line_with_its_values() -> None:
    (line,) = logged("logger('somewhere').info('case started', case='SW1')")

    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "case started", "case": "SW1", "level": "info", "logger": "somewhere", "process": "test"
    }  # fmt: skip


@pytest.mark.parametrize("speaking", ["logger('x').warning('failed', exc_info=True)", "logging.exception('failed')"])
def test_exceptions_are_told_by_kind_and_place_without_their_words(speaking: str) -> None:
    (line,) = logged(f"""
import logging
def stumble():
    try:
        int("髙橋")
    except ValueError as error:
        raise KeyError("江東区豊洲") from error
try:
    stumble()
except KeyError:
    {speaking}
""")

    assert line["exception"] == ["builtins.KeyError", "builtins.ValueError"]
    assert line["places"][-1].endswith(" stumble")
    text = json.dumps(line, ensure_ascii=False)
    assert "髙橋" not in text and "豊洲" not in text


def test_libraries_speak_from_warnings_on_and_spyne_never() -> None:
    lines = logged("""
import logging
logging.getLogger("sqlalchemy.engine").info("SELECT")
logging.getLogger("temporalio.worker").warning("away")
logging.getLogger("spyne.protocol.xml.invalid").error("<holderName>")
""")

    assert [line["event"] for line in lines] == ["away"]


@pytest.mark.parametrize("exception", ["True", "error"])
def test_without_set_up_exceptions_have_no_words_either(exception: str) -> None:
    code = f"""
from runtime.logs import logger
try:
    int("髙橋")
except ValueError as error:
    logger("x").warning("failed", exc_info={exception})
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=30)

    output = (done.stdout + done.stderr).decode()
    assert "failed" in output and "builtins.ValueError" in output
    assert "髙橋" not in output
