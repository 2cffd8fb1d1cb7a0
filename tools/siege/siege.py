"""The course of a siege: quiet, an attack, quiet, the next attack; the good requests go on all the time."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from deploy.stack.supervisor import ROOT
from tools.siege.attacks import ATTACKS
from tools.siege.fort import Fort
from tools.siege.judging import Memory, Outcome, within
from tools.siege.report import line_of
from tools.siege.stream import Stream
from tools.siege.target import Attack

_ANSWERED_WITHIN = 60.0
_BACK_WITHIN = 60.0
_RECOVERED_WITHIN = 10.0
_AS_SOON = 2.0
"""Times the usual p95: of the few answers of a second, that is about the same."""
_ENDS_WITHIN = 20.0
"""Seconds an attacker may take to come to its end."""
_SETTLED = 0.5
_NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Course:
    """How long everything lasts."""

    a_second: float
    """Good requests of all retailers together."""
    quiet: float
    """Seconds before an attack; after it as long."""
    stretch: float = 1.0
    """How much longer than usual an attack goes on."""


class NoAttack(Exception):
    """An attacker did not do what it was started for; the text is what it said."""


@dataclass(frozen=True)
class _Watched:
    """One attack with its quiet before it."""

    attack: Attack
    quiet: tuple[float, float]
    under: tuple[float, float]
    ended: list[str]
    memory: dict[str, Memory]
    seen: Mapping[str, int]
    processor: float


def besiege(
    fort: Fort, stream: Stream, attacks: Sequence[Attack], course: Course, *, say: Callable[[str], None]
) -> list[Outcome]:
    """Carry out attacks one after the other, and tell what each did.

    :raises NoAttack: when an attacker fails by itself.
    """
    watched: list[_Watched] = []
    for attack in attacks:
        watched.append(_watch(fort, stream, attack, course))
        if len(watched) > 1:
            say(line_of(_outcome(stream, watched[-2], watched[-1].quiet)))
    if not watched:
        return []
    quiets = [*(one.quiet for one in watched), _quiet(stream, course)]
    outcomes = [_outcome(stream, one, after) for one, after in zip(watched, quiets[1:], strict=True)]
    say(line_of(outcomes[-1]))
    return outcomes


def _watch(fort: Fort, stream: Stream, attack: Attack, course: Course) -> _Watched:
    fort.tell(attack.areas)
    seconds = attack.seconds * course.stretch
    with _attacker(fort, attack, seconds=seconds) as process:
        quiet = _quiet(stream, course)
        processes, before = fort.processes(), fort.resident()
        began = time.monotonic()
        _let_go(process)
        time.sleep(max(0.0, began + seconds - time.monotonic()))
        at_end, under = fort.resident(), (began, time.monotonic())
        seen, processor = _report(process, attack)
    fort.tell({})
    stream.await_answers(*under, within=_ANSWERED_WITHIN)
    _await_recovery(stream, quiet)
    after = _memory_back(fort, before)
    now = fort.processes()
    ended = [
        f"{part} {pid}"
        for part, births in processes.items()
        for pid, birth in births.items()
        if now.get(part, {}).get(pid) != birth
    ]
    fort.stack.revive()
    memory = {part: Memory(before[part], at_end.get(part, 0.0), after.get(part, 0.0)) for part in before}
    return _Watched(attack, quiet, under, ended, memory, seen, processor)


def _outcome(stream: Stream, watched: _Watched, after: tuple[float, float]) -> Outcome:
    began, until = watched.under[0], after[1]
    refusals = Counter(answer.refusal for answer in stream.due(began, until) if answer.refusal)
    if lost := stream.missing(began, until):
        refusals[_NO_ANSWER] = lost
    return Outcome(
        name=watched.attack.name,
        label=watched.attack.label,
        quiet=[*stream.due(*watched.quiet), *stream.due(*after)],
        under=stream.due(*watched.under),
        refusals=refusals,
        ended=watched.ended,
        memory=watched.memory,
        seen=watched.seen,
        processor=watched.processor,
    )


def _quiet(stream: Stream, course: Course) -> tuple[float, float]:
    """Let some time pass without an attack, after its recovery, and wait for the answers to what was due in it."""
    began = time.monotonic()
    time.sleep(course.quiet)
    quiet = began, time.monotonic()
    stream.await_answers(*quiet, within=_ANSWERED_WITHIN)
    return quiet


def _await_recovery(stream: Stream, quiet: tuple[float, float]) -> None:
    """Wait until answers come about as soon as before, or for long: what an attack leaves behind is no quiet."""
    usual, end = within(stream.due(*quiet), 0.95), time.monotonic() + _RECOVERED_WITHIN
    while time.monotonic() < end:
        time.sleep(_SETTLED)
        lately = time.monotonic() - 3 * _SETTLED, time.monotonic() - _SETTLED
        if not stream.missing(*lately) and within(stream.due(*lately), 0.95) < _AS_SOON * usual:
            return


def _memory_back(fort: Fort, before: Mapping[str, float]) -> dict[str, float]:
    end = time.monotonic() + _BACK_WITHIN
    while True:
        now = fort.resident()
        if time.monotonic() > end or all(Memory(before[part], 0.0, now.get(part, 0.0)).back for part in before):
            return now
        time.sleep(1.0)


@contextmanager
def _attacker(fort: Fort, attack: Attack, *, seconds: float) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tools.siege.attacker", attack.name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None and process.stdout is not None
        target = replace(fort.target, address=f"127.0.2.{ATTACKS.index(attack) + 1}")
        process.stdin.write(json.dumps({"target": asdict(target), "seconds": seconds}) + "\n")
        process.stdin.flush()
        if not process.stdout.readline():
            raise NoAttack(attack.name)
        try:
            yield process
        finally:
            process.kill()


def _let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def _report(process: subprocess.Popen[str], attack: Attack) -> tuple[Mapping[str, int], float]:
    """Hear what an attacker saw, and what part of a processor it took.

    :raises NoAttack: when it does not say.
    """
    try:
        report = json.loads(process.communicate(timeout=_ENDS_WITHIN)[0])
    except subprocess.TimeoutExpired:
        return {"did not end": 1}, 0.0
    except ValueError as problem:
        raise NoAttack(attack.name) from problem
    return report["seen"], report["processor"]
