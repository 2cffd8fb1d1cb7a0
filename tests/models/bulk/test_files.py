"""Bulk files in the database: what each step of theirs leaves, and who must wait for whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from models.bulk.files import (
    MOST_OPEN,
    CheckOvertaken,
    NotInThisState,
    TooManyFiles,
    begin_check,
    end_check,
    finish,
    store_rows,
)
from models.bulk.giving_way import somebody_waits
from models.bulk.numbering import new_file_number, row_message_id
from models.bulk.rows import RowResult, note_results
from models.bulk.standing import first_of_retailer, next_of_retailer
from models.clock import business_now
from models.database import Database
from rules.bulk.problems import Problem
from rules.bulk.progress import BECOMES, POSSIBLE, FileState, RowOutcome, Steering
from rules.bulk.reading import MOST_ROWS, RowRead
from rules.bulk.summary import Asked, Tally
from schemas.checks import check as check_field
from schemas.codes import Area
from schemas.fields import MESSAGE_ID
from tests.support import decisions
from tests.support.bulk_files import BulkDesk
from tests.support.case_steps import obey_all
from tests.support.cast import DECIDER, NEW_SIDE
from tests.support.database_contents import rows
from tests.support.referrals import open_case

_WRONG = Problem(line=3, message="住所が長すぎます。", action="短くしてください。", code="HUB-F001", rule="length")


@pytest.fixture
def desk(database: Database) -> BulkDesk:
    return BulkDesk(database)


def some_rows(count: int, *, faulty: int = 0) -> list[RowRead]:
    sound = [RowRead(line, {"pointNumber": f"{line}"}) for line in range(2, count + 2 - faulty)]
    return sound + [RowRead(line, {}, (_WRONG,)) for line in range(count + 2 - faulty, count + 2)]


class TestUploading:
    def test_the_bytes_are_kept_whole_until_the_check_and_in_pieces(self, desk: BulkDesk) -> None:
        data = bytes(range(256)) * 10_000

        number = desk.upload(data)

        assert desk.begin(number).data == data
        assert rows(desk.database, "SELECT count(*) FROM bulk_pieces") == [(3,)]

    def test_numbers_are_the_files_own_and_make_message_ids_of_their_rows(self, desk: BulkDesk) -> None:
        numbers = {desk.upload() for _ in range(3)}

        assert len(numbers) == 3
        for number in numbers:
            longest = row_message_id(number, line=10 * MOST_ROWS)
            assert check_field(MESSAGE_ID, longest) == (longest, None)

    def test_a_retailer_has_so_many_files_on_their_way_and_another_still_its_own(self, desk: BulkDesk) -> None:
        numbers = [desk.upload() for _ in range(MOST_OPEN)]

        with pytest.raises(TooManyFiles):
            desk.upload()

        desk.upload(by=DECIDER)
        desk.steer(numbers[0], Steering.STOP)
        desk.upload()

    def test_nor_do_more_come_in_at_once(self, desk: BulkDesk) -> None:
        for _ in range(MOST_OPEN - 1):
            desk.upload()

        def one_more(_: int) -> bool:
            try:
                desk.upload()
            except TooManyFiles:
                return False
            return True

        with ThreadPoolExecutor(4) as threads:
            assert sorted(threads.map(one_more, range(4))) == [False, False, False, True]

    def test_the_same_bytes_again_are_known_by_the_earlier_file_of_the_same_retailer(self, desk: BulkDesk) -> None:
        desk.upload(b"other", by=NEW_SIDE)
        desk.upload(b"same", by=DECIDER)
        first = desk.upload(b"same")
        second = desk.upload(b"same")

        assert desk.overview(first).earlier is None
        earlier = desk.overview(second).earlier
        assert earlier is not None
        assert earlier.number == first

    def test_of_several_earlier_files_the_one_whose_rows_were_sent_is_named(self, desk: BulkDesk) -> None:
        sent = desk.running(some_rows(1))
        desk.upload()
        earlier = desk.overview(desk.upload()).earlier

        assert earlier is not None
        assert (earlier.number, earlier.state) == (sent, FileState.RUNNING)


class TestChecking:
    def test_a_check_leaves_rows_counts_and_summary_and_no_bytes(self, desk: BulkDesk) -> None:
        number = desk.upload()
        check = desk.begin(number)
        assert desk.overview(number).state is FileState.CHECKING
        tally = Tally()
        tally.count(asked=Asked.REFERRAL, area=Area.TOKYO, counterpart="1002")

        for part in (some_rows(5)[:3], some_rows(5, faulty=2)[3:]):
            desk.database.run(partial(store_rows, check=check, rows=part))
        state = desk.database.run(partial(end_check, check=check, summary=tally.summary(left_out=4)))

        overview = desk.overview(number)
        assert state is overview.state is FileState.CHECKED
        assert (overview.rows, overview.faulty, overview.to_send, overview.left) == (5, 2, 3, 3)
        assert overview.summary == tally.summary(left_out=4)
        assert overview.counterpart_names == {"1002": "みなと電気株式会社"}
        assert [row.outcome for row in desk.rows(number)] == [RowOutcome.WAITING] * 3 + [RowOutcome.FAULTY] * 2
        assert desk.rows(number)[-1].problems == [_WRONG]
        assert rows(desk.database, "SELECT count(*) FROM bulk_pieces") == [(0,)]

    def test_a_file_that_is_wrong_as_a_whole_or_in_every_row_is_refused_and_has_ended(self, desk: BulkDesk) -> None:
        whole, every_row = desk.upload(), desk.upload()
        desk.database.run(partial(end_check, check=desk.begin(whole), problems=(_WRONG,)))
        check = desk.begin(every_row)
        desk.database.run(partial(store_rows, check=check, rows=some_rows(2, faulty=2)))
        desk.database.run(partial(end_check, check=check))

        assert desk.overview(whole).problems == [_WRONG]
        for number in (whole, every_row):
            assert desk.overview(number).state is FileState.REFUSED
            assert desk.overview(number).ended_at is not None

    def test_a_check_that_was_taken_for_lost_writes_nothing_any_more(self, desk: BulkDesk) -> None:
        number = desk.upload()
        lost = desk.begin(number)
        desk.database.run(partial(store_rows, check=lost, rows=some_rows(2)))
        check = desk.begin(number)

        with pytest.raises(CheckOvertaken):
            desk.database.run(partial(store_rows, check=lost, rows=some_rows(4)[2:]))
        with pytest.raises(CheckOvertaken):
            desk.database.run(partial(end_check, check=lost))

        desk.database.run(partial(store_rows, check=check, rows=some_rows(4)))
        desk.database.run(partial(end_check, check=check))
        assert (desk.overview(number).rows, len(desk.rows(number))) == (4, 4)

    def test_a_file_that_was_stopped_is_checked_no_further(self, desk: BulkDesk) -> None:
        number = desk.upload()
        check = desk.begin(number)
        desk.steer(number, Steering.STOP)

        with pytest.raises(CheckOvertaken):
            desk.database.run(partial(end_check, check=check))

        assert desk.database.run(partial(begin_check, number=number)) is None
        assert desk.overview(number).state is FileState.STOPPED

    def test_nothing_is_to_be_checked_twice(self, desk: BulkDesk) -> None:
        number = desk.checked(some_rows(1))

        assert desk.database.run(partial(begin_check, number=number)) is None
        assert desk.database.run(partial(begin_check, number="CSV20260101-none")) is None


class TestSteering:
    @pytest.mark.parametrize("asked", Steering)
    @pytest.mark.parametrize("state", FileState)
    def test_what_is_asked_is_done_in_its_states_and_changes_nothing_in_others(
        self, desk: BulkDesk, state: FileState, asked: Steering
    ) -> None:
        number = desk.checked(some_rows(1))
        with desk.database.transaction() as session:
            session.execute(text("UPDATE bulk_files SET state = :state"), {"state": state.value})

        if state in POSSIBLE[asked]:
            desk.steer(number, asked)
            assert desk.overview(number).state is BECOMES[asked]
        else:
            with pytest.raises(NotInThisState):
                desk.steer(number, asked)
            assert desk.overview(number).state is state

    def test_it_is_noted_who_confirmed_and_who_stopped(self, desk: BulkDesk) -> None:
        number = desk.running(some_rows(1))
        desk.steer(number, Steering.STOP)

        overview = desk.overview(number)
        assert overview.confirmed_by == overview.stopped_by == NEW_SIDE.name
        assert overview.ended_at is not None

    def test_of_one_retailer_the_file_confirmed_first_goes_first_until_it_pauses_or_ends(self, desk: BulkDesk) -> None:
        first, second = desk.running(some_rows(1)), desk.running(some_rows(1))
        others = desk.running(some_rows(1), by=DECIDER)

        def waits_for(number: str) -> str | None:
            return desk.database.run(partial(first_of_retailer, number=number))

        assert [waits_for(number) for number in (first, second, others)] == [None, first, None]
        assert desk.overview(second).waits_for == first
        desk.steer(first, Steering.PAUSE)
        assert waits_for(second) is None
        assert desk.database.run(partial(next_of_retailer, number=first)) == second
        desk.steer(first, Steering.RESUME)
        assert waits_for(second) == first


class TestProgress:
    def test_outcomes_and_counts_are_written_together_and_an_answer_stays(self, desk: BulkDesk) -> None:
        number = desk.running(some_rows(4))
        first = (RowResult(2, RowOutcome.DONE, "SW1"), RowResult(3, RowOutcome.REFUSED), RowResult(4, RowOutcome.OPEN))
        again = (RowResult(2, RowOutcome.REFUSED), RowResult(3, RowOutcome.DONE, "SW2"), RowResult(4, RowOutcome.OPEN))

        for results in (first, again):
            with desk.database.plain_transaction() as line:
                note_results(line, number=number, results=results)

        overview = desk.overview(number)
        assert (overview.done, overview.refused, overview.open, overview.left) == (1, 1, 1, 2)
        assert [(row.outcome, row.given_number) for row in desk.rows(number)] == [
            (RowOutcome.DONE, "SW1"),
            (RowOutcome.REFUSED, None),
            (RowOutcome.OPEN, None),
            (RowOutcome.WAITING, None),
        ]

    def test_a_file_is_finished_when_no_row_is_left_without_an_answer(self, desk: BulkDesk) -> None:
        number = desk.running(some_rows(2, faulty=1))

        assert not desk.database.run(partial(finish, number=number))
        with desk.database.plain_transaction() as line:
            note_results(line, number=number, results=[RowResult(2, RowOutcome.REFUSED)])

        assert desk.database.run(partial(finish, number=number))
        assert desk.overview(number).state is FileState.FINISHED

    def test_rate_and_time_left_are_those_since_it_runs(self, desk: BulkDesk) -> None:
        number = desk.running(some_rows(10))
        with desk.database.plain_transaction() as line:
            note_results(line, number=number, results=[RowResult(line_, RowOutcome.DONE) for line_ in range(2, 6)])
        desk.steer(number, Steering.PAUSE)
        assert desk.overview(number).rate is None
        desk.steer(number, Steering.RESUME)
        with desk.database.transaction() as session:
            session.execute(text("UPDATE bulk_files SET running_since = clock_timestamp() - interval '10 seconds'"))
        with desk.database.plain_transaction() as line:
            note_results(line, number=number, results=[RowResult(line_, RowOutcome.DONE) for line_ in range(6, 8)])

        overview = desk.overview(number)
        assert overview.rate == pytest.approx(0.2, rel=0.1)
        assert overview.time_left is not None
        assert overview.time_left == pytest.approx(timedelta(seconds=20), rel=0.1)


class TestGivingWay:
    def test_a_command_that_was_stored_just_now_is_given_way_to_until_it_is_answered(self, desk: BulkDesk) -> None:
        case = open_case(desk.database)
        assert not self.waits(desk)
        with desk.database.transaction() as session:
            decisions.decide(session, case)
        assert self.waits(desk)

        with desk.database.transaction() as session:
            obey_all(session, case)

        assert not self.waits(desk)

    def test_rows_of_files_do_not_give_way_to_one_another(self, desk: BulkDesk) -> None:
        case = open_case(desk.database)
        with desk.database.transaction() as session:
            decisions.decide(session, case, message_id=row_message_id(new_file_number(business_now(session)), line=2))

        assert not self.waits(desk)

    def test_what_is_stuck_is_not_waited_for(self, desk: BulkDesk) -> None:
        case = open_case(desk.database)
        with desk.database.transaction() as session:
            decisions.decide(session, case)
            session.execute(text("UPDATE messages SET stored_at_real = stored_at_real - interval '3 seconds'"))

        assert not self.waits(desk)

    def waits(self, desk: BulkDesk) -> bool:
        with desk.database.plain_read() as line:
            return somebody_waits(line)
