"""What a grid operator's answers mean for a case."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from grid_client.news import defect_names, news_of_answer, news_of_status
from rules.calendar import JST
from rules.procedure.events import GridNews, NewsKind
from schemas.codes import ApplicationKind, ApplicationState, Flag, MeterWork
from schemas.grid import GridAnswer
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import ProcessingStatus
from tests.support.cast import POINT

NUMBER = "AP03L20260812000000015"
RECEIVED_AT = datetime(2026, 8, 12, 10, tzinfo=JST)
HEARD_AT = RECEIVED_AT + timedelta(days=9)
DAY = date(2026, 8, 20)
LATE = GridFinding(field="effectiveDate", rule="too-late", message="標準処理期間が足りません。")
DEFECT = GridFinding(field="address", rule="Address Unknown!", message="髙橋様宅は見つかりません。")

STATUS = ProcessingStatus(
    application_number=NUMBER,
    application_kind=ApplicationKind.START,
    point_number=POINT,
    application_state=ApplicationState.RECEIVED,
    application_state_name="受付",
    effective_date=DAY,
    meter_work=MeterWork.NOT_NEEDED,
    received_at=RECEIVED_AT,
    matched_at=RECEIVED_AT + timedelta(days=1),
    completed_at=RECEIVED_AT + timedelta(days=8),
    findings=(),
    changed_at=RECEIVED_AT + timedelta(days=8),
)
ANSWER = GridAnswer(
    message_id="M-1",
    application_number=NUMBER,
    application_state=ApplicationState.RECEIVED,
    effective_date=DAY,
    meter_work=MeterWork.NOT_NEEDED,
    duplicate=Flag.NO,
    too_late=Flag.NO,
    findings=(),
    processed_at=RECEIVED_AT,
)


def of_answer(answer: GridAnswer, *, date: date = DAY, work: MeterWork = MeterWork.NOT_NEEDED) -> GridNews | None:
    return news_of_answer(
        answer,
        application=ApplicationKind.START,
        asked_date=date,
        asked_meter_work=work,
        cause="a call",
        at=HEARD_AT,
    )


def of_status(*, matching_heard: bool = True, **changes: object) -> tuple[GridNews, ...]:
    status = replace(STATUS, **changes)  # type: ignore[arg-type]
    return news_of_status(status, matching_heard=matching_heard, cause="a watch", at=HEARD_AT)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (ApplicationState.NOT_FILED, None),
        (ApplicationState.SENDING, None),
        (ApplicationState.RECEIVED, NewsKind.RECEIVED),
        (ApplicationState.DEFECTIVE, NewsKind.DEFECTIVE),
        (ApplicationState.CANCELLING, None),
        (ApplicationState.CANCELLED, NewsKind.CANCELLED),
        (ApplicationState.MATCHED, NewsKind.MATCHED),
        (ApplicationState.UNMATCHED, NewsKind.UNMATCHED),
        (ApplicationState.COMPLETED, NewsKind.COMPLETED),
    ],
)
def test_each_state_at_the_grid_operator_is_news_of_its_kind(state: ApplicationState, kind: NewsKind | None) -> None:
    status = of_status(application_state=state)
    answer = of_answer(replace(ANSWER, application_state=state))

    assert [news.kind for news in status] == ([] if kind is None else [kind])
    assert (answer and answer.kind) == kind


def test_news_carries_whose_it_is_where_it_came_from_and_when_it_was_heard() -> None:
    (news,) = of_status()

    assert (news.application, news.application_number) == (ApplicationKind.START, NUMBER)
    assert (news.cause, news.at) == ("a watch-received", HEARD_AT)


@pytest.mark.parametrize(
    ("state", "moment"),
    [
        (ApplicationState.MATCHED, STATUS.matched_at),
        (ApplicationState.COMPLETED, STATUS.completed_at),
        (ApplicationState.DEFECTIVE, STATUS.changed_at),
    ],
)
def test_when_it_happened_is_the_grid_operators_word(state: ApplicationState, moment: datetime) -> None:
    (news,) = of_status(application_state=state)

    assert news.occurred_at == moment


@pytest.mark.parametrize(
    ("heard", "kinds"), [(False, ["matched", "completed"]), (True, ["completed"])], ids=["new", "heard"]
)
def test_completion_tells_of_the_match_where_that_was_not_heard(heard: bool, kinds: list[str]) -> None:
    all_news = of_status(application_state=ApplicationState.COMPLETED, matching_heard=heard)

    assert [news.cause.removeprefix("a watch-") for news in all_news] == kinds
    assert [news.occurred_at for news in all_news] == [STATUS.matched_at, STATUS.completed_at][-len(kinds) :]


def test_a_match_told_in_an_answer_happened_when_it_was_processed() -> None:
    news = of_answer(replace(ANSWER, application_state=ApplicationState.MATCHED))

    assert news is not None
    assert news.occurred_at == RECEIVED_AT


def test_a_status_tells_date_and_meter_work_of_what_stands() -> None:
    (news,) = of_status()

    assert (news.effective_date, news.meter_work) == (DAY, MeterWork.NOT_NEEDED)


@pytest.mark.parametrize(
    ("changes", "differences"),
    [
        ({}, (None, None)),
        ({"effective_date": DAY + timedelta(days=1)}, (DAY + timedelta(days=1), None)),
        ({"meter_work": MeterWork.NEEDED}, (None, MeterWork.NEEDED)),
    ],
)
def test_an_answer_tells_date_and_meter_work_only_where_they_differ(
    changes: dict[str, object], differences: tuple[object, object]
) -> None:
    news = of_answer(replace(ANSWER, **changes))  # type: ignore[arg-type]

    assert news is not None
    assert (news.effective_date, news.meter_work) == differences


def test_what_came_too_late_is_known_from_the_answer_and_from_a_later_status() -> None:
    answer = of_answer(
        replace(ANSWER, application_state=ApplicationState.UNMATCHED, too_late=Flag.YES, findings=(LATE,))
    )
    (status,) = of_status(application_state=ApplicationState.UNMATCHED, findings=(LATE,))

    assert answer is not None
    assert (answer.kind, status.kind) == (NewsKind.TOO_LATE, NewsKind.TOO_LATE)


def test_defects_travel_as_names_of_rules_and_never_as_words() -> None:
    news = of_answer(replace(ANSWER, application_state=ApplicationState.DEFECTIVE, findings=(DEFECT,)))

    assert news is not None
    assert news.defects == ("address-unknown",)
    assert "髙橋" not in repr(news)


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        (["ampere-breaker-area"], ("ampere-breaker-area",)),
        (["同じ", "a_b", "a b"], ("unnamed", "a-b")),
        (["x" * 80], ("x" * 60,)),
        ([], ()),
    ],
)
def test_names_of_rules_hold_letters_digits_and_hyphens_alone(rules: list[str], names: tuple[str, ...]) -> None:
    findings = [GridFinding(field=None, rule=rule, message="…") for rule in rules]

    assert defect_names(findings) == names
