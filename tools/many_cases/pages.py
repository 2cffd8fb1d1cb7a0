"""What the pages of the working lists cost with many cases: processor time of web server and database."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import requests

from deploy.samples import PEOPLE, Person
from tools.bench.processor import processor_seconds

GOAL = 0.1
"""Seconds of processor time that a page may cost."""
_TIMES = 10
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_TODAY = date.today()  # noqa: DTZ011  # any day will do
_DAYS = {"today": _TODAY.isoformat(), "quarter": (_TODAY - timedelta(days=91)).isoformat()}
PAGES = (
    "/home",
    "/cases",
    "/cases?phase=open&sort=due",
    "/cases?sort=changed",
    "/cases?phase=rejected",
    "/cases?phase=awaiting_decision&segment=high_voltage&area=05",
    "/cases?kind=ampere_change&area=10",
    "/cases?result=reject&registered_from=2000-01-01&registered_to=2000-12-31",
    "/cases?ended_from={today}",
    "/cases?duty=any&due=later",
    "/cases?segment=low_voltage_fit&phase=completed&sort=changed&order=asc",
    "/cases?registered_from={quarter}&registered_to={today}&sort=changed",
    "/cases?sort=effective",
    "/cases?sort=effective&order=desc",
    "/cases?sort=effective&segment=high_voltage&area=05",
    "/cases?sort=effective&phase=open",
    "/cases?sort=effective&phase=rejected&kind=ampere_change&order=desc",
    "/cases?due=stands_still",
    "/cases/SW01L00000000000001010",
    "/cases/SW01L00000000000901010",
    "/points/0100000000000000001010",
    "/search?q=03-0000-0000-0000-0000-1010",
    "/inbox",
    "/inbox?segment=high_voltage&due=later",
    "/inbox/SW04L00000000000001003",
    "/volumes",
    "/volumes?book=current",
    "/volumes?book=alone",
    "/volumes?registered_from={quarter}&registered_to={today}",
    "/volumes?registered_from={quarter}&registered_to={today}&segment=low_voltage&area=05",
    "/volumes?registered_from=2000-01-01&registered_to=2000-01-31",
    "/volumes/result.csv?registered_from={quarter}&registered_to={today}",
    "/bulk",
    "/bulk/files",
    "/bulk/files?standing=to_confirm",
    "/bulk/files?standing=refused_today",
)
_RETAILERS_ALONE = ("/inbox",)


class UnableToLogIn(Exception):
    """The screens do not take a sample person."""


@dataclass(frozen=True)
class PageCost:
    """What one page costs one person."""

    person: Person
    path: str
    processor_seconds: float
    seconds: float
    status: int


def measure_pages(base_url: str, *, pids: Callable[[], list[int]]) -> list[PageCost]:
    """Fetch each page as somebody of the busy retailer and as the hub operator.

    :param pids: gives the processes whose time is counted.
    """
    return [
        cost
        for person in (PEOPLE[0], PEOPLE[-1])
        for session in [_logged_in(base_url, person)]
        for path in PAGES
        if person.retailer_code is not None or not path.startswith(_RETAILERS_ALONE)
        for cost in [_cost(session, base_url, person, path.format(**_DAYS), pids)]
    ]


def _cost(
    session: requests.Session, base_url: str, person: Person, path: str, pids: Callable[[], list[int]]
) -> PageCost:
    status = session.get(f"{base_url}{path}", timeout=120).status_code  # what is read first is in memory then
    before, began = sum(map(processor_seconds, pids())), time.monotonic()
    for _ in range(_TIMES):
        session.get(f"{base_url}{path}", timeout=120)
    took, used = time.monotonic() - began, sum(map(processor_seconds, pids())) - before
    return PageCost(person, path, used / _TIMES, took / _TIMES, status)


def _logged_in(base_url: str, person: Person) -> requests.Session:
    session = requests.Session()
    token = _TOKEN.search(session.get(f"{base_url}/login", timeout=30).text)
    if token is None:
        raise UnableToLogIn(person.user_id)
    form = {"csrf_token": token[1], "user_id": person.user_id, "password": person.password}
    if session.post(f"{base_url}/login", data=form, timeout=30).url.endswith("/login"):
        raise UnableToLogIn(person.user_id)
    return session
