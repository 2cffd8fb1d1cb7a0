"""What screens and files show is called as the segment calls it."""

import pytest

from models.database import Database
from schemas.codes import ApplicationKind, Decision, RejectionReason, Segment
from tests.support.case_steps import obey_all
from tests.support.cast import DECIDER, NEW_SIDE
from tests.support.decisions import decide
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words
from web.shared.labels import application_label, reason_label


@pytest.mark.parametrize("segment", list(Segment))
def test_only_the_reason_that_names_the_point_differs_between_segments(segment: Segment) -> None:
    for reason in RejectionReason:
        point = reason is RejectionReason.POINT_NUMBER_DIFFERS
        fit = point and segment is Segment.LOW_VOLTAGE_FIT
        assert reason_label(reason, segment) == ("受電地点特定番号相違" if fit else reason.label)


@pytest.mark.parametrize(
    ("name", "kind", "segment", "label"),
    [
        ("effective_date", ApplicationKind.START, Segment.LOW_VOLTAGE, "異動日"),
        ("effective_date", ApplicationKind.RE_ENERGISATION, Segment.LOW_VOLTAGE, "再点日"),
        ("effective_date", ApplicationKind.END_OF_SUPPLY, Segment.HIGH_VOLTAGE, "廃止日"),
        ("holder_name", ApplicationKind.PRODUCER_DETAILS, Segment.LOW_VOLTAGE_FIT, "発電者名"),
    ],
)
def test_what_an_application_says_is_called_as_its_interface_calls_it(
    name: str, kind: ApplicationKind, segment: Segment, label: str
) -> None:
    assert application_label(name, kind, segment) == label


def test_the_reasons_of_a_generators_case_are_called_so_on_every_screen(browsers: Browsers, database: Database) -> None:
    number = open_case(database, segment=Segment.LOW_VOLTAGE_FIT)
    form = get(browsers.of(DECIDER), f"/cases/{number}/decision")
    assert "04 受電地点特定番号相違" in " ".join(words(form, "//label"))
    with database.transaction() as session:
        decide(
            session,
            number,
            decision=Decision.REJECT,
            rejection_reasons=(RejectionReason.POINT_NUMBER_DIFFERS,),
            rejection_text=None,
        )
        obey_all(session, number)

    for path in (f"/cases/{number}", "/cases"):
        text = get(browsers.of(NEW_SIDE), path).text_content()
        assert "04 受電地点特定番号相違" in text
        assert "供給地点特定番号相違" not in text
    assert "04 受電地点特定番号相違" in browsers.of(NEW_SIDE).get("/cases.csv").get_data(as_text=True)
