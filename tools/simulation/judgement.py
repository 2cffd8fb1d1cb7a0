"""Judging a year: what has to hold of every procedure, and of all of them together, however it went."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deploy.mail_sink.box import MailBox
from deploy.stack.supervisor import ROOT, Stack
from models.cases.read_model import WrittenLine
from rules.calendar import JapaneseCalendar
from tools.simulation.coverage import ALL_FROM, Coverage
from tools.simulation.mails import mail_problems
from tools.simulation.messages import Desks
from tools.simulation.replaying import unexplained
from tools.simulation.year import Year

_MAILS_WITHIN = 120.0
"""Seconds (real time) that the last mails may take."""
_UNKNOWN = "application-unknown-at-grid"
_NOBODYS = frozenset(("own-application", "number-taken"))
"""Rules that a grid operator finds broken where it is spoken to about an application that it knows otherwise."""


@dataclass(frozen=True)
class Problem:
    """Something that does not hold."""

    number: str
    """Of the procedure; empty where it is none's."""
    words: str
    script: int | None = None


Histories = Mapping[str, Sequence[WrittenLine]]
"""Of all procedures, by their numbers."""


def judge(year: Year, *, stack: Stack, desks: Desks, histories: Histories, coverage: Coverage) -> list[Problem]:
    """Look at all that could have been lost, doubled or left over, or never came up."""
    return [
        *(Problem("", words, script) for script, words in (*year.never_answered, *desks.two_answers)),
        *_about_procedures(year, desks, histories),
        *_about_messages(year, desks),
        *_about_grid(year),
        *_about_the_unknown(stack, histories),
        *_about_mails(year, stack, histories),
        *_reconciled(stack),
        *(Problem("", words) for words in coverage.never() if len(year.players) >= ALL_FROM),
    ]


def covered(year: Year, histories: Histories) -> Coverage:
    coverage = Coverage()
    for player in year.players:
        for number in player.numbers or ("",):
            coverage.count(player.script, histories.get(number, ()))
    return coverage


def _about_procedures(year: Year, desks: Desks, histories: Histories) -> Iterator[Problem]:
    calendar = JapaneseCalendar()
    numbers: set[str] = set()
    for player in year.players:
        messages = [message for message in desks.sent if message.script == player.script.number]
        for number in player.numbers:
            numbers.add(number)
            history = histories.get(number, ())
            if not history:
                yield Problem(number, "登録されたのに記録がない", player.script.number)
                continue
            state = history[-1].state
            if not state.ended:
                yield Problem(number, f"終わらない（{state.phase.label}）", player.script.number)
            commands = year.records.commands(number, messages)
            for line, problem in unexplained(history, commands=commands, calendar=calendar):
                yield Problem(number, f"{line.step}行目「{line.line.kind.label}」: {problem}", player.script.number)
    for number in sorted(histories.keys() - numbers):
        yield Problem(number, "だれも登録していない案件がある")


def _about_messages(year: Year, desks: Desks) -> Iterator[Problem]:
    stored = year.records.stored_messages()
    for message in desks.accepted:
        if (message.retailer, message.message_id) not in stored:
            yield Problem("", f"受け付けられた電文が保存されていない: {message}", message.script)


def _about_grid(year: Year) -> Iterator[Problem]:
    for area, count in year.grid.standing().items():
        yield Problem("", f"エリア{area}に、だれも終わらせない申請が {count} 件残っている")
    for area, count in year.grid.duplicates().items():
        yield Problem("", f"エリア{area}に、重複する申請が {count} 件出された")
    for number, words in year.ghosts.items():
        yield Problem(number, words)
    for number, here, there in year.records.filed_otherwise():
        yield Problem(number, f"登録した事業者は {here}、送配電では {there}")
    for number, here, there in year.records.grid_disagreements():
        yield Problem(number, f"申請の記録は {here}、送配電では {there}")


def _about_the_unknown(stack: Stack, histories: Histories) -> Iterator[Problem]:
    """Look for what no grid operator knows under the number and the code that the hub filed it under."""
    for line in (stack.folder / "log" / "worker.log").read_text().splitlines():
        if _UNKNOWN in line:
            yield Problem("", f"送配電が該当なしと答えた申請がある: {line}")
    for number, history in histories.items():
        if any(_NOBODYS & set(step.line.details.get("defects", "").split()) for step in history):
            yield Problem(number, "だれにも直せない不備がある")


def _about_mails(year: Year, stack: Stack, histories: Histories) -> Iterator[Problem]:
    end = time.monotonic() + _MAILS_WITHIN
    while year.records.mails_waiting() and time.monotonic() < end:
        time.sleep(0.5)
    intents = year.records.mail_intents()
    for number, words in mail_problems(histories=histories, intents=intents, mails=MailBox(stack.mails).mails()):
        yield Problem(number, words)


def _reconciled(stack: Stack) -> Iterator[Problem]:
    command = (sys.executable, "-m", "upkeep", "reconcile", "--all", "--again-after", "5")
    process = subprocess.run(command, env=stack.environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if process.returncode:
        *lines, last = process.stdout.splitlines() or [process.stderr.strip()[-500:]]
        for words in lines or [last]:
            yield Problem(words.partition(" ")[0], f"突き合わせ: {words}")
