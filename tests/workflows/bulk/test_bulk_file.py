"""A bulk file from its confirmation to its end, on the real server: every row once, whatever happens meanwhile."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType

from models.bulk.numbering import row_message_id
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState, RowOutcome, Steering
from rules.bulk.reading import RowRead
from schemas.findings import Refusal, Refused
from schemas.interfaces.referral import ReferralRequest
from schemas.refusal_codes import RefusalCode
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.cast import DECIDER, NEW, NEW_SIDE
from tests.support.database_contents import rows
from tests.support.hub import Hub
from tests.support.processes import wait_until
from usecases import bulk_work
from usecases.registry import ANSWERING

MESSAGES = "SELECT message_id, retailer_code, user_id, case_number FROM messages ORDER BY seq"


@pytest.fixture
def desk(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> BulkDesk:
    """Have files of few rows make many batches."""
    monkeypatch.setattr(bulk_work, "BATCH", 10)
    return BulkDesk(hub.database)


def wake(hub: Hub, number: str) -> None:
    hub.gateway.wake_bulk_file(number)


def finished(desk: BulkDesk, number: str) -> bool:
    return desk.overview(number).state is FileState.FINISHED


def wait_finished(desk: BulkDesk, number: str, *, within: float = 60) -> None:
    wait_until(lambda: finished(desk, number), what=f"the end of {desk.overview(number)}", within=within)


def wait_begun(desk: BulkDesk, number: str, *, rows_done: int = 1) -> None:
    wait_until(lambda: desk.overview(number).finished >= rows_done, what=f"rows of {desk.overview(number)}")


def outcomes(desk: BulkDesk, number: str) -> Counter[RowOutcome]:
    return Counter(row.outcome for row in desk.rows(number))


def decision_rows(case_numbers: list[str]) -> list[RowRead]:
    return [
        RowRead(line, {"caseNumber": case_number, "version": "1", "decision": "accept"})
        for line, case_number in enumerate(case_numbers, start=2)
    ]


class TestRows:
    def test_each_is_a_message_of_the_person_who_confirmed_and_has_its_number(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 30))

        wake(hub, number)

        wait_finished(desk, number)
        assert outcomes(desk, number) == {RowOutcome.DONE: 30}
        sent = {message_id: (company, user, case) for message_id, company, user, case in rows(hub.database, MESSAGES)}
        assert sent == {
            row_message_id(number, line=row.line): (NEW, NEW_SIDE.user_id, row.given_number)
            for row in desk.rows(number)
        }
        hub.wait_closed(number)

    def test_its_cases_are_started_and_taken_up_before_it_counts_as_done(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 3))

        wake(hub, number)

        wait_finished(desk, number)
        assert rows(hub.database, "SELECT count(*) FROM deliveries WHERE started_at_real IS NULL") == [(0,)]
        for row in desk.rows(number):
            assert hub.count(str(row.given_number), EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) >= 1

    def test_one_that_is_refused_has_its_code_and_words_and_the_others_go_on(self, hub: Hub, desk: BulkDesk) -> None:
        wrong = referral_rows(hub.database, 1, currentRetailerCode=NEW)
        number = desk.running(wrong + referral_rows(hub.database, 3)[1:])

        wake(hub, number)

        wait_finished(desk, number)
        first, *others = desk.rows(number)
        assert first.outcome is RowOutcome.REFUSED
        assert first.refusal is not None
        assert first.refusal.code is RefusalCode.BUSINESS
        assert [finding.field for finding in first.refusal.findings] == ["currentRetailerCode"]
        assert [row.outcome for row in others] == [RowOutcome.DONE] * 2

    def test_decisions_are_answered_by_the_workflows_of_their_cases(self, hub: Hub, desk: BulkDesk) -> None:
        referrals = desk.running(referral_rows(hub.database, 4))
        wake(hub, referrals)
        wait_finished(desk, referrals)
        cases = [str(row.given_number) for row in desk.rows(referrals)]

        number = desk.running(decision_rows(cases), kind=BulkKind.DECIDE_REFERRALS, by=DECIDER)
        wake(hub, number)

        wait_finished(desk, number)
        assert outcomes(desk, number) == {RowOutcome.DONE: 4}
        assert rows(hub.database, "SELECT DISTINCT decision FROM cases") == [("accept",)]

    def test_one_that_is_sent_again_is_the_same_message_and_hears_the_same(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 5))
        wake(hub, number)
        wait_finished(desk, number)
        hub.wait_closed(number)
        answered = [row.given_number for row in desk.rows(number)]
        forget_the_end(hub, number)

        wake(hub, number)

        wait_finished(desk, number)
        assert [row.given_number for row in desk.rows(number)] == answered
        assert rows(hub.database, "SELECT count(*) FROM messages") == [(5,)]

    def test_one_without_an_answer_yet_is_sent_again_and_meanwhile_says_why(
        self, hub: Hub, desk: BulkDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answering, asked = ANSWERING["registerReferral"], Counter[str]()
        refusals = iter((Refusal(RefusalCode.OUTCOME_OPEN), Refusal(RefusalCode.EXHAUSTED)))

        def first_refused(request: ReferralRequest, **keywords: Any) -> object:
            asked[request.message_id] += 1
            if asked[request.message_id] == 1:
                raise Refused(next(refusals))
            return answering(request, **keywords)

        monkeypatch.setitem(ANSWERING, "registerReferral", first_refused)
        number = desk.running(referral_rows(hub.database, 2))
        wake(hub, number)
        wait_until(lambda: all(row.tried_at for row in desk.rows(number)), what="both to be tried")
        assert [(row.outcome, row.refusal and row.refusal.code) for row in desk.rows(number)] == [
            (RowOutcome.OPEN, RefusalCode.OUTCOME_OPEN),
            (RowOutcome.WAITING, RefusalCode.EXHAUSTED),
        ]
        assert desk.overview(number).open == 1

        hub.wait_idle(number)
        hub.move_workflow_alone(number, by=timedelta(seconds=6))

        wait_finished(desk, number)
        assert set(asked.values()) == {2}
        assert [row.refusal for row in desk.rows(number)] == [None, None]


def forget_the_end(hub: Hub, number: str) -> None:
    """Set a file back to where nothing of its rows was noted yet, as a worker leaves it that was killed in time."""
    hub.sql("UPDATE bulk_rows SET outcome = 'waiting', given_number = NULL WHERE number = :n", n=number)
    hub.sql("UPDATE bulk_files SET state = 'running', ended_at = NULL, done = 0 WHERE number = :n", n=number)


class TestSteering:
    def test_nothing_is_sent_before_the_file_is_confirmed(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 2))
        wake(hub, number)
        hub.wait_idle(number)
        assert rows(hub.database, MESSAGES) == []

        desk.steer(number, Steering.CONFIRM)
        wake(hub, number)

        wait_finished(desk, number)

    def test_a_signal_that_was_lost_delays(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 2))
        wake(hub, number)
        hub.wait_idle(number)

        desk.steer(number, Steering.CONFIRM)
        hub.move_workflow_alone(number, by=timedelta(minutes=11))

        wait_finished(desk, number)

    def test_a_paused_file_sends_nothing_more_and_goes_on_when_resumed(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 80))
        wake(hub, number)
        wait_begun(desk, number)

        desk.steer(number, Steering.PAUSE)
        wake(hub, number)
        hub.wait_idle(number)
        sent = rows(hub.database, "SELECT count(*) FROM messages")
        assert desk.overview(number).left > 0
        desk.steer(number, Steering.RESUME)
        assert rows(hub.database, "SELECT count(*) FROM messages") == sent
        wake(hub, number)

        wait_finished(desk, number)
        assert rows(hub.database, "SELECT count(*) FROM messages") == [(80,)]

    def test_a_stopped_file_ends_and_keeps_what_was_sent(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 80))
        wake(hub, number)
        wait_begun(desk, number)

        desk.steer(number, Steering.STOP)
        wake(hub, number)

        hub.wait_closed(number)
        counted = outcomes(desk, number)
        assert counted[RowOutcome.WAITING] > 0
        assert rows(hub.database, "SELECT count(*) FROM messages") == [(counted[RowOutcome.DONE],)]

    def test_a_file_is_stopped_whose_person_has_no_right_any_more(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 2))
        hub.sql("UPDATE users SET role = 'retailer_staff' WHERE user_id = :u", u=NEW_SIDE.user_id)

        wake(hub, number)

        hub.wait_closed(number)
        overview = desk.overview(number)
        assert (overview.state, overview.stopped_by) == (FileState.STOPPED, None)
        assert overview.stopped_why == "実行を指示した人に、この操作の権限がなくなったため、中止しました。"
        assert rows(hub.database, MESSAGES) == []

    def test_a_file_that_nobody_confirms_is_stopped_and_its_rows_forgotten(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 2))
        hub.sql("UPDATE bulk_files SET uploaded_at = uploaded_at - interval '8 days'")

        wake(hub, number)

        hub.wait_closed(number)
        assert desk.overview(number).state is FileState.STOPPED
        assert desk.rows(number) == []


class TestSharing:
    def test_a_second_retailers_file_does_not_wait_for_the_first_ones_end(self, hub: Hub, desk: BulkDesk) -> None:
        large = desk.running(referral_rows(hub.database, 200))
        small = desk.running(referral_rows(hub.database, 20, first=10_000, currentRetailerCode=NEW), by=DECIDER)

        wake(hub, large)
        wait_begun(desk, large)
        begun = desk.overview(large).finished
        wake(hub, small)

        wait_finished(desk, small)
        assert desk.overview(large).finished - begun < 100
        desk.steer(large, Steering.STOP)
        wake(hub, large)
        hub.wait_closed(large)

    def test_two_files_of_one_retailer_go_one_after_the_other(self, hub: Hub, desk: BulkDesk) -> None:
        first = desk.running(referral_rows(hub.database, 40))
        second = desk.running(referral_rows(hub.database, 5, first=10_000))

        wake(hub, second)
        hub.wait_idle(second)
        assert desk.overview(second).finished == 0
        wake(hub, first)

        wait_finished(desk, second)
        assert finished(desk, first)


class TestHistory:
    def test_a_run_ends_after_so_many_looks_and_the_next_goes_on(
        self, hub: Hub, desk: BulkDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bulk_work, "BATCH", 1)
        monkeypatch.setattr(bulk_work, "BATCHES", 1)
        number = desk.running(referral_rows(hub.database, 15))
        wake(hub, number)
        first_run = hub.run_of(number)

        wait_finished(desk, number)

        hub.wait_closed(number)
        assert hub.run_of(number) != first_run
        assert outcomes(desk, number) == {RowOutcome.DONE: 15}

    def test_it_reads_well_for_who_looks_at_the_temporal_ui(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.checked(referral_rows(hub.database, 2))
        wake(hub, number)

        details = hub.current_details(number)

        assert hub.summary(number) == f"一括処理 {number}"
        for words in (
            "**スイッチング廃止取次一括登録**（低圧託送）",
            "**状態**: 実行待ち",
            "**残り**: 2 行（全 2 行）",
            "**待っているもの**: 実行の指示",
            "実行待ち: 2 行（受付 0・受付不可 0）",
        ):
            assert words in details

    def test_it_holds_no_personal_data(self, hub: Hub, desk: BulkDesk) -> None:
        number = desk.running(referral_rows(hub.database, 2))
        wake(hub, number)
        wait_finished(desk, number)
        hub.wait_closed(number)

        said = str(hub.history(number).to_json())

        assert "高橋" not in said and "髙橋" not in said


def test_a_worker_that_is_replaced_in_the_middle_loses_and_doubles_no_row(hub: Hub, desk: BulkDesk) -> None:
    number = desk.running(referral_rows(hub.database, 80))
    wake(hub, number)
    wait_begun(desk, number, rows_done=10)

    hub.worker.stop()
    hub.worker.start()

    wait_finished(desk, number)
    assert outcomes(desk, number) == {RowOutcome.DONE: 80}
    assert rows(hub.database, "SELECT count(*), count(DISTINCT case_number) FROM messages") == [(80, 80)]
