"""Bulk files in people's hands: who may do what with whose, and that a Temporal that is away keeps nobody from it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from deploy.samples import Person
from models.bulk.queries import FileLine
from models.database import Database
from models.paging import FIRST_PAGE
from rules.access.rights import Denial, NotAllowed
from rules.access.standing import EVERY_HUB_ROLE
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState, RowOutcome
from rules.bulk.reading import MOST_BYTES
from schemas.codes import Segment
from temporal.gateway import TemporalAway, TemporalGateway
from tests.support.bulk_files import REFERRALS, BulkDesk, actor_of, referral_rows
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from usecases import bulk_files
from usecases.actors import HubOperator, RetailerSystem
from usecases.actors import Person as Actor
from usecases.bulk_files import FileTooLarge, NoSuchFile, NotInThisState
from usecases.hub import Hub as Parts

LOW = Segment.LOW_VOLTAGE
HUB_PERSON = HubOperator(OPERATOR.user_id, capacity=EVERY_HUB_ROLE)
STEERING = (bulk_files.confirm, bulk_files.pause, bulk_files.resume, bulk_files.stop)


class Gateway(TemporalGateway):
    """Notes which files were to be woken."""

    def __init__(self, *, away: bool = False) -> None:
        super().__init__()
        self.woken: list[str] = []
        self._away = away

    def wake_bulk_file(self, number: str, *, timeout: float = 5.0) -> None:
        if self._away:
            raise TemporalAway("no answer in time")
        self.woken.append(number)


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def hub(parts: Parts, gateway: Gateway) -> Parts:
    return replace(parts, gateway=gateway)


@pytest.fixture
def desk(database: Database) -> BulkDesk:
    return BulkDesk(database)


def upload(hub: Parts, who: Person, *, kind: BulkKind = REFERRALS, data: bytes = b"data") -> str:
    actor = actor_of(hub.database, who)
    return bulk_files.upload("取次.csv", data, kind=kind, actor=actor, segment=LOW, hub=hub)


class TestUploading:
    def test_a_file_is_stored_as_it_is_and_its_check_begun(self, hub: Parts, gateway: Gateway, desk: BulkDesk) -> None:
        number = upload(hub, NEW_SIDE, data=b"anything\0at all")

        overview = desk.overview(number)
        assert (overview.state, overview.name, overview.size) == (FileState.UPLOADED, "取次.csv", 15)
        assert (overview.retailer_code, overview.uploaded_by) == (NEW_SIDE.retailer_code, NEW_SIDE.name)
        assert gateway.woken == [number]

    def test_a_temporal_that_is_away_keeps_nobody_from_it(self, parts: Parts, desk: BulkDesk) -> None:
        number = upload(replace(parts, gateway=Gateway(away=True)), NEW_SIDE)

        assert desk.overview(number).state is FileState.UPLOADED

    @pytest.mark.parametrize("kind", BulkKind)
    def test_who_may_only_look_and_a_retailers_system_cannot(self, hub: Parts, kind: BulkKind) -> None:
        with pytest.raises(NotAllowed) as denied:
            upload(hub, COLLEAGUE, kind=kind)
        assert denied.value.denial is Denial.RIGHT

        system = RetailerSystem("1001", "192.0.2.7")
        with pytest.raises(NotAllowed):
            bulk_files.upload("a.csv", b"", kind=kind, actor=system, segment=LOW, hub=hub)

    def test_more_bytes_than_are_taken_are_not_stored(self, hub: Parts) -> None:
        with pytest.raises(FileTooLarge):
            upload(hub, NEW_SIDE, data=bytes(MOST_BYTES + 1))

        assert rows(hub.database, "SELECT count(*) FROM bulk_files") == [(0,)]


class TestSteering:
    def test_it_goes_its_way_and_the_workflow_is_woken_each_time(
        self, hub: Parts, gateway: Gateway, desk: BulkDesk
    ) -> None:
        number = desk.checked(referral_rows(hub.database, 1))
        actor = actor_of(hub.database, NEW_SIDE)
        states = []

        for function in STEERING:
            function(number, actor=actor, hub=hub)
            states.append(desk.overview(number).state)

        assert states == [FileState.RUNNING, FileState.PAUSED, FileState.RUNNING, FileState.STOPPED]
        assert gateway.woken == [number] * 4

    @pytest.mark.parametrize("function", STEERING)
    def test_another_retailers_file_is_none(self, hub: Parts, desk: BulkDesk, function: Callable[..., None]) -> None:
        number = desk.checked(referral_rows(hub.database, 1))

        with pytest.raises(NoSuchFile):
            function(number, actor=actor_of(hub.database, STRANGER), hub=hub)
        with pytest.raises(NoSuchFile):
            function("CSV20260101-2222222222", actor=actor_of(hub.database, NEW_SIDE), hub=hub)

        assert desk.overview(number).state is FileState.CHECKED

    @pytest.mark.parametrize("function", STEERING)
    def test_a_colleague_who_may_only_look_cannot(
        self, hub: Parts, desk: BulkDesk, function: Callable[..., None]
    ) -> None:
        number = desk.checked(referral_rows(hub.database, 1), by=DECIDER)

        with pytest.raises(NotAllowed):
            function(number, actor=actor_of(hub.database, COLLEAGUE), hub=hub)

    def test_the_hub_operator_may_stop_a_file_and_confirm_none(self, hub: Parts, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 1))

        with pytest.raises(NotAllowed):
            bulk_files.confirm(number, actor=HUB_PERSON, hub=hub)
        bulk_files.stop(number, actor=HUB_PERSON, hub=hub)

        assert desk.overview(number).stopped_by == OPERATOR.name

    def test_who_comes_too_late_hears_how_it_stands(self, hub: Parts, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 1))

        with pytest.raises(NotInThisState) as late:
            bulk_files.confirm(number, actor=actor_of(hub.database, NEW_SIDE), hub=hub)

        assert late.value.state is FileState.RUNNING


class TestLooking:
    def listed(self, hub: Parts, actor: Actor, **which: Any) -> list[FileLine]:
        look = partial(bulk_files.files_of, actor=actor, turn=FIRST_PAGE, **which)
        return hub.database.run(lambda session: look(session=session)).items

    def test_each_company_finds_its_own_files_and_the_hub_operator_all(self, hub: Parts, desk: BulkDesk) -> None:
        first, second = desk.upload(b"1"), desk.upload(b"2", kind=BulkKind.FILE_START_APPLICATIONS)
        others = desk.upload(b"3", by=DECIDER)

        def numbers(actor: Actor, **which: Any) -> list[str]:
            return [line.number for line in self.listed(hub, actor, **which)]

        assert numbers(actor_of(hub.database, NEW_SIDE)) == [second, first]
        assert numbers(actor_of(hub.database, COLLEAGUE)) == [others]
        assert numbers(actor_of(hub.database, STRANGER)) == []
        assert numbers(HUB_PERSON) == [others, second, first]
        assert numbers(HUB_PERSON, kind=REFERRALS, segment=LOW) == [others, first]
        assert numbers(HUB_PERSON, segment=Segment.HIGH_VOLTAGE) == []

    def test_rows_are_found_by_outcome_page_by_page_and_it_is_on_record(self, hub: Parts, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 5))
        look = partial(bulk_files.rows_of, number, actor=actor_of(hub.database, NEW_SIDE), purpose="画面:一括処理")

        def lines(**which: Any) -> list[int]:
            found = hub.database.run(lambda session: look(session=session, **which))
            return [row.line for row in found]

        assert lines(limit=3) == [2, 3, 4]
        assert lines(limit=3, after=4) == [5, 6]
        assert lines(outcomes=[RowOutcome.FAULTY]) == []
        read = rows(hub.database, "SELECT DISTINCT subject, user_id, purpose FROM data_reads")
        assert read == [(number, NEW_SIDE.user_id, "画面:一括処理")]

    def test_another_retailers_file_is_none(self, hub: Parts, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 1))
        stranger = actor_of(hub.database, STRANGER)

        with hub.database.transaction() as session:
            with pytest.raises(NoSuchFile):
                bulk_files.file_overview(number, actor=stranger, session=session)
            with pytest.raises(NoSuchFile):
                bulk_files.rows_of(number, actor=stranger, session=session, purpose="")
