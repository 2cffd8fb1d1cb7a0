"""One slow area, or one retailer with a great many requests, leaves the others theirs."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from deploy.local_certificates import Certificates
from deploy.stack.environment import socket_folder
from deploy.stack.postgres import Cluster
from models.database import Database
from schemas.codes import AnswerSource, Area
from schemas.contract import Interface
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.reading import RawValue
from switching_hub_client import Connection, Hub
from tests.soap_support.answers import Answer
from tests.soap_support.examples import raw_example
from tests.support.cast import CURRENT, NEW, OTHER, POINT
from tests.support.certificates import register_issued
from tests.support.database import free_port
from tests.support.holding_grid import HoldingGrid, holding_grid
from tests.support.polling import until
from tests.support.raw_requests import registration
from tests.support.settings import settings_for
from tests.support.soap_server import SoapServer, running_soap_server

THREADS = 16
OF_AREA, OF_INQUIRIES, OF_RETAILER = 4, 8, 2
"""Slots for one area, for all areas together, and of an area's for one retailer."""


@contextmanager
def running(
    cluster: Cluster, certificates: Certificates, folder: Path, grid: HoldingGrid, **changes: object
) -> Iterator[SoapServer]:
    port = free_port()
    settings = settings_for(
        cluster.url,
        certificates,
        soap_port=port,
        soap_public_url=f"https://localhost:{port}",
        soap_threads=THREADS,
        grid_url=grid.url,
        grid_read_timeout=60.0,
        grid_call_timeout=60.0,
        inquiry_failures=1_000,
        slot_wait=0.0,
        socket_folder=socket_folder(folder),
        **changes,
    )
    environment = {"TEMPORAL_ADDRESS": f"localhost:{free_port()}"}
    with running_soap_server(settings, certificates, folder=folder, environment=environment) as server:
        yield server


@pytest.fixture(scope="module")
def slow_all_along(certificates: Certificates) -> Iterator[HoldingGrid]:
    with holding_grid(certificates.grid_server, authority=certificates.authority) as grid:
        yield grid


@pytest.fixture
def slow(slow_all_along: HoldingGrid) -> Iterator[HoldingGrid]:
    """Give grid operators that answer nothing while a test looks."""
    slow_all_along.hold()
    yield slow_all_along
    slow_all_along.let_go.set()


@pytest.fixture(scope="module")
def server(
    cluster: Cluster, certificates: Certificates, slow_all_along: HoldingGrid, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SoapServer]:
    with running(cluster, certificates, tmp_path_factory.mktemp("slots"), slow_all_along) as server:
        yield server


class Callers:
    """Retailers' systems, each call of which has a connection and a thread of its own."""

    def __init__(self, server: SoapServer, retailers: Database, pool: ThreadPoolExecutor) -> None:
        self._server, self._database, self._pool = server, retailers, pool

    def call(self, retailer: str, interface: Interface, values: Mapping[str, RawValue]) -> "Future[Answer]":
        issued = self._server.certificates.make_for_retailer(retailer)
        register_issued(self._database, issued, retailer=retailer)

        def ask() -> Answer:
            with self._server.connect(issued.path) as connection:
                return connection.call(interface, values)

        return self._pool.submit(ask)

    def inquire(self, retailer: str, area: Area = Area.TOKYO) -> "Future[Answer]":
        point = {"pointNumber": f"{area.value}{777:020}"}
        return self.call(retailer, FACILITY_INQUIRY, {**raw_example(FACILITY_INQUIRY.request), **point})

    def read_inbox(self, retailer: str) -> "Future[Answer]":
        return self.call(retailer, REFERRAL_INBOX, {"messageId": "READ"})


@pytest.fixture
def callers(server: SoapServer, retailers: Database, slow: HoldingGrid) -> Iterator[Callers]:
    with ThreadPoolExecutor(80) as pool:
        yield Callers(server, retailers, pool)
        slow.let_go.set()


@contextmanager
def held_point(database: Database) -> Iterator[None]:
    """Have all registrations at a point wait: they do for each other, and here for the test."""
    with database.transaction() as session:
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:point, 0))")
        session.execute(lock, {"point": f"point {POINT}"})
        yield


def answers_at_hand(calls: "list[Future[Answer]]") -> list[Answer]:
    return [call.result() for call in calls if call.done()]


def held(calls: "list[Future[Answer]]") -> int:
    return sum(not call.done() for call in calls)


def test_inquiries_of_one_retailer_to_a_slow_area_leave_the_others_their_reads_and_inquiries(
    callers: Callers, slow: HoldingGrid
) -> None:
    inquiries = [callers.inquire(NEW) for _ in range(32)]
    assert until(lambda: held(inquiries) == slow.calls[Area.TOKYO] == OF_RETAILER, instead=lambda: slow.calls)

    for refused in answers_at_hand(inquiries):
        assert (refused.code, refused.headers["retry-after"]) == ("HUB-R008", "2")
        assert refused.fault_code == "Server"
        assert [finding.rule for finding in refused.findings] == ["retailer-slots"]
        assert refused.fault is not None and refused.fault.message_id is not None
    reads = [callers.read_inbox(retailer) for retailer in (CURRENT, OTHER, NEW) for _ in range(4)]
    assert {read.result(timeout=30).code for read in reads} == {None}
    other = callers.inquire(CURRENT)
    assert until(lambda: slow.calls[Area.TOKYO] == OF_RETAILER + 1)
    assert held([*inquiries, other]) == OF_RETAILER + 1, "the slow ones were held all the while"


def test_an_area_and_all_areas_together_hold_their_share_whoever_asks(callers: Callers, slow: HoldingGrid) -> None:
    in_tokyo = [callers.inquire(retailer) for retailer in (NEW, CURRENT) for _ in range(OF_RETAILER)]
    assert until(lambda: slow.calls[Area.TOKYO] == OF_AREA)
    assert [finding.rule for finding in callers.inquire(OTHER).result(timeout=30).findings] == ["area-slots"]

    elsewhere = [callers.inquire(OTHER, area) for area in (Area.KANSAI, Area.KANSAI, Area.KYUSHU, Area.KYUSHU)]
    assert until(lambda: sum(slow.calls.values()) == OF_INQUIRIES)
    refused = callers.inquire(NEW, Area.CHUBU).result(timeout=30)
    assert [finding.rule for finding in refused.findings] == ["inquiry-slots"]
    reads = [callers.read_inbox(retailer) for retailer in (NEW, CURRENT, OTHER)]
    assert {read.result(timeout=30).code for read in reads} == {None}
    assert held([*in_tokyo, *elsewhere]) == OF_INQUIRIES


def test_where_no_slot_is_free_the_hubs_record_tells_where_applications_stand(
    callers: Callers, slow: HoldingGrid
) -> None:
    inquiries = [callers.inquire(NEW) for _ in range(OF_RETAILER)]
    assert until(lambda: slow.calls[Area.TOKYO] == OF_RETAILER)

    listed = callers.call(NEW, STATUS_LIST, {"messageId": "LIST", "area": Area.TOKYO.value}).result(timeout=30)

    assert listed.code is None
    assert AnswerSource.HUB_RECORD.value.encode() in listed.body
    assert held(inquiries) == OF_RETAILER


def test_slots_come_back_when_the_area_has_answered(callers: Callers, slow: HoldingGrid) -> None:
    inquiries = [callers.inquire(NEW) for _ in range(OF_RETAILER)]
    assert until(lambda: slow.calls[Area.TOKYO] == OF_RETAILER)
    slow.let_go.set()

    assert {inquiry.result(timeout=30).code for inquiry in inquiries} == {"HUB-R003"}
    assert callers.inquire(NEW).result(timeout=30).code == "HUB-R003"


def test_commands_of_one_retailer_leave_the_others_threads(callers: Callers, retailers: Database) -> None:
    contents = [registration(retailers, messageId=f"REGISTER-{number}") for number in range(32)]
    with held_point(retailers):
        commands = [callers.call(NEW, REFERRAL, content) for content in contents]
        assert until(lambda: held(commands) == THREADS // 2, instead=lambda: held(commands))

        for refused in answers_at_hand(commands):
            assert (refused.code, refused.headers["retry-after"]) == ("HUB-R008", "2")
            assert [finding.rule for finding in refused.findings] == ["retailer-slots"]
        reads = [callers.read_inbox(retailer) for retailer in (CURRENT, OTHER) for _ in range(4)]
        assert {read.result(timeout=30).code for read in reads} == {None}
        assert callers.read_inbox(NEW).result(timeout=30).code == "HUB-R008"
        assert held(commands) == THREADS // 2

    answers = [command.result(timeout=30).code for command in commands]
    assert answers.count("HUB-R008") == 32 - THREADS // 2


def test_the_retailers_client_waits_as_long_as_it_is_told_and_then_gets_its_answer(
    callers: Callers, server: SoapServer, retailers: Database
) -> None:
    issued = server.certificates.make_for_retailer(NEW)
    connection = Connection(f"https://localhost:{server.port}", issued.path, server.certificates.authority)
    contents = [registration(retailers, messageId=f"REGISTER-{number}") for number in range(THREADS)]
    with ExitStack() as point:
        point.enter_context(held_point(retailers))
        commands = [callers.call(NEW, REFERRAL, content) for content in contents]
        assert until(lambda: held(commands) == THREADS // 2)
        waited: list[float] = []

        def wait(seconds: float) -> None:
            waited.append(seconds)
            point.close()
            assert until(lambda: not held(commands))

        answer = Hub(connection, sleep=wait).call("12210")

    assert [case.pointNumber for case in answer.cases] == [POINT]
    assert waited == [2.0]


def test_processes_that_are_started_each_by_itself_share_the_slots_of_a_file(
    cluster: Cluster, certificates: Certificates, retailers: Database, slow: HoldingGrid, tmp_path: Path
) -> None:
    """Of two processes' 32 threads an area may hold eight, and one retailer half of them: four, wherever it asks."""
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    shared = {"soap_slots_file": tmp_path / "slots"}
    with (
        running(cluster, certificates, folders[0], slow, **shared) as first,
        running(cluster, certificates, folders[1], slow, **shared) as second,
        ThreadPoolExecutor(40) as pool,
    ):
        at_first, at_second = (Callers(server, retailers, pool) for server in (first, second))
        for each in (at_first, at_second):  # a process counts from its first request
            each.read_inbox(NEW).result(timeout=30)

        inquiries = [at_first.inquire(NEW) for _ in range(16)]
        assert until(lambda: held(inquiries) == slow.calls[Area.TOKYO] == 4, instead=lambda: slow.calls)
        assert at_second.inquire(NEW).result(timeout=30).code == "HUB-R008"
        at_second.inquire(CURRENT)
        assert until(lambda: slow.calls[Area.TOKYO] == 5)
        slow.let_go.set()
