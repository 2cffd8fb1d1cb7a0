"""One file from its upload to its last row, with another retailer's single requests before it and beside it."""

import asyncio
import csv
import io
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from deploy.samples import CURRENT_RETAILER
from models.bulk.queries import FileOverview
from rules.bulk.columns import columns_of
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from rules.bulk.reading import MOST_BYTES
from schemas.codes import Segment
from schemas.refusal_codes import RefusalCode
from tools.bench.bulk_files.stage import Stage
from tools.bench.cases import switch
from tools.bench.cases.side import OPENING
from tools.bench.processor import processor_seconds

KIND, SEGMENT = BulkKind.REGISTER_REFERRALS, Segment.LOW_VOLTAGE
SIDE_BY_SIDE = 8
"""Bare starts under way at the same time: more do not make it faster."""
_LOOKED_EVERY = 0.1
_PATIENCE = 1800.0
_EVERY = 0.5
"""Seconds between two single cases: a retailer's system in the busiest hour."""
_CASE_NUMBER = re.compile(r"<caseNumber>([^<]+)</caseNumber>")
_OUTCOME_OPEN = f"<code>{RefusalCode.OUTCOME_OPEN.value}</code>"
_FIRST_SINGLE, _FIRST_BARE = 5_000_000, 7_000_000
"""Where the numbers of their cases begin, so that none is a row's."""


class NotCarriedOut(Exception):
    """Something did not come to what it was sent for; the text is how it stands."""


@dataclass(frozen=True)
class Plan:
    """How much is done."""

    rows: int
    bare_starts: int
    single_cases: int
    """Before the file; beside it they go on as long as it does."""

    @classmethod
    def of(cls, *, short: bool) -> "Plan":
        return cls(600, 300, 10) if short else cls(10_000, 1_500, 40)


@dataclass
class Singles:
    """Seconds of another retailer's single requests, by what was asked."""

    registered: list[float] = field(default_factory=list)
    decided: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Measured:
    """What came of it."""

    rows: int
    checked_within: float
    """Seconds from the upload to the end of the check."""
    worked_off_within: float
    """Seconds from the confirmation to the answer of the last row."""
    still_at_most: float
    """Seconds for which the counts stood still at the longest."""
    bare_rate: float
    """Bare cases started a second, before the file and after it."""
    web_memory: float
    """MiB that a process of the screens held at the most."""
    before: Singles
    beside: Singles
    processor: dict[str, float]
    """Milliseconds of processor time for a row, by process."""

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.worked_off_within

    @property
    def beside_bare(self) -> float:
        return self.rate / self.bare_rate

    @property
    def slower_registered(self) -> float:
        """How many times as long a single registration took beside the file."""
        return median(self.beside.registered) / median(self.before.registered)

    @property
    def slower_decided(self) -> float:
        """How many times as long a single decision took beside the file."""
        return median(self.beside.decided) / median(self.before.decided)


def measure(stage: Stage, plan: Plan, *, say: Callable[[str], None]) -> Measured:
    """Have a file checked and worked off."""
    numbers = count(_FIRST_SINGLE)
    before = Singles()
    for _ in range(plan.single_cases):
        _single_case(stage, next(numbers), before)
        time.sleep(_EVERY)
    bare_numbers = count(_FIRST_BARE)
    bare = [_bare_rate(stage, bare_numbers, plan.bare_starts)]
    say(f"bare: {bare[0]:.1f}/s")
    data = file_of(plan.rows, today=stage.today)
    began = time.monotonic()
    number = stage.sender.upload(data, kind=KIND, segment=SEGMENT)
    checked = _wait_for(stage, number, FileState.CHECKED)
    checked_within = time.monotonic() - began
    if checked.to_send != plan.rows:
        raise NotCarriedOut(checked)
    say(f"checked: {checked_within:.1f} s")
    used = _used(stage)
    with _beside(stage, numbers) as beside:
        began = time.monotonic()
        stage.sender.confirm(number)
        still_at_most = _follow(stage, number, say)
        worked_off_within = time.monotonic() - began
    processor = {name: (now - used[name]) / plan.rows * 1000 for name, now in _used(stage).items()}
    say(f"worked off: {plan.rows / worked_off_within:.1f}/s")
    if (ended := stage.overview(number)).done != plan.rows:
        raise NotCarriedOut(ended)
    stage.sender.upload(bytes(MOST_BYTES), kind=KIND, segment=SEGMENT)  # the largest, for the screens' memory alone
    bare.append(_bare_rate(stage, bare_numbers, plan.bare_starts))
    say(f"bare: {bare[1]:.1f}/s")
    return Measured(
        rows=plan.rows,
        checked_within=checked_within,
        worked_off_within=worked_off_within,
        still_at_most=still_at_most,
        bare_rate=sum(bare) / len(bare),
        web_memory=_most_memory(stage.pid("web")),
        before=before,
        beside=beside,
        processor=processor,
    )


def file_of(rows: int, *, today: date) -> bytes:
    """Write a file of so many referrals, each of a point of its own."""
    cells = {
        "currentRetailerCode": CURRENT_RETAILER,
        "holderName": "見本　太郎",
        "holderNameKana": "ミホン　タロウ",
        "address": "東京都江東区豊洲１－２－３",
        "wishedDate": str(today + timedelta(days=40)),
        "meterWork": "not_needed",
        "consent/obtainedOn": str(today),
        "consent/method": "paper",
        "consent/obtainedBy": "豊洲支店",
    }
    columns = columns_of(KIND, SEGMENT)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(column.header for column in columns)
    for number in range(rows):
        own = {"pointNumber": switch.point_of(number), "contractNumber": f"{number:014d}"}
        writer.writerow((cells | own).get(column.place, "") for column in columns)
    return written.getvalue().encode("utf-8-sig")


def _wait_for(stage: Stage, number: str, state: FileState) -> FileOverview:
    end = time.monotonic() + _PATIENCE
    while (overview := stage.overview(number)).state is not state:
        if time.monotonic() > end or overview.state.ended:
            raise NotCarriedOut(overview)
        time.sleep(_LOOKED_EVERY)
    return overview


def _follow(stage: Stage, number: str, say: Callable[[str], None]) -> float:
    """Look at the counts until the end, and tell how long they stood still at the most."""
    finished, since, longest, said = 0, time.monotonic(), 0.0, 0
    while (overview := stage.overview(number)).state is FileState.RUNNING:
        now = time.monotonic()
        longest = max(longest, now - since)
        if overview.finished > finished:
            finished, since = overview.finished, now
        if finished // 1000 > said:
            said = finished // 1000
            say(f"{finished:,} 行 {overview.rate or 0:.1f}/s")
        time.sleep(_LOOKED_EVERY)
    return longest


@contextmanager
def _beside(stage: Stage, numbers: Iterator[int]) -> Iterator[Singles]:
    """Have single cases go on during a block."""
    over, singles = threading.Event(), Singles()

    def go_on() -> None:
        while not over.wait(_EVERY):
            _single_case(stage, next(numbers), singles)

    thread = threading.Thread(target=go_on, name="single-requests", daemon=True)
    thread.start()
    try:
        yield singles
    finally:
        over.set()
        thread.join()


def _single_case(stage: Stage, number: int, singles: Singles) -> None:
    """Register a case and decide on it, as two retailers' systems do."""
    wished = stage.today + timedelta(days=40)
    referral = switch.referral(number, today=stage.today, current_retailer=CURRENT_RETAILER, wished=wished)
    began = time.monotonic()
    answer = stage.single.post(referral).decode()
    singles.registered.append(time.monotonic() - began)
    (case_number,) = _CASE_NUMBER.findall(answer)
    time.sleep(_EVERY)
    decision = switch.decision(number, case_number=case_number)
    began = time.monotonic()
    while "<processedAt>" not in (answer := stage.decider.post(decision).decode()):
        if _OUTCOME_OPEN not in answer:
            raise NotCarriedOut(answer)
    singles.decided.append(time.monotonic() - began)


def _bare_rate(stage: Stage, numbers: Iterator[int], starts: int) -> float:
    """Start bare cases, and tell how many a second came to where they wait.

    Starts alone are taken much faster, as long as nobody carries them out: that is no rate that can be kept.
    """

    async def start_all() -> None:
        places = asyncio.Semaphore(SIDE_BY_SIDE)

        async def start(number: int) -> None:
            async with places:
                await stage.bare.send(OPENING, number)

        await asyncio.gather(*(start(next(numbers)) for _ in range(starts)))

    began = time.monotonic()
    written = stage.bare.steps()
    asyncio.run(start_all())
    while stage.bare.steps() < written + starts:
        time.sleep(_LOOKED_EVERY)
    return starts / (time.monotonic() - began)


def _used(stage: Stage) -> dict[str, float]:
    return {name: processor_seconds(pid) for name, pid in stage.processes().items()}


def _most_memory(pid: int) -> float:
    """Give the MiB that a process or one of its children has held at the most, as Linux counts it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    statuses = (Path(f"/proc/{each}/status").read_text() for each in (str(pid), *children))
    found = (re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE) for status in statuses)
    return max(int(most[1]) / 1024 for most in found if most is not None)
