"""Clients of other kinds, each from its own package, against the real SOAP server over real mutual TLS."""

from collections.abc import Callable, Mapping

import pytest

from schemas.codes import CasePhase, ProcessKind
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from switching_hub_client import Refused
from tests.clients.hub import ReachableHub
from tests.clients.kinds import KINDS

pytestmark = pytest.mark.timeout(600)  # some are generated and compiled first

ITEMS = ("caseNumber", "holderName", "holderNameKana", "address", "pointNumber", "wishedDate")


@pytest.fixture(scope="module", params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def settings(hub: ReachableHub, kind: str) -> dict[str, str]:
    """Give what the program of this kind is told."""
    return hub.program_settings(message_id=kind)


@pytest.fixture(scope="module")
def filed_before(hub: ReachableHub) -> str:
    """File a case that is there before all others, by the product's own client, and give its number."""
    case_number: str = hub.own_client().call("12110", **hub.referral()).caseNumber
    return case_number


@pytest.fixture(scope="module")
def read(
    settings: Mapping[str, str], kind: str, filed_before: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Read the hub by the program of this kind."""
    return KINDS[kind](settings, tmp_path_factory.mktemp(kind)).run()


@pytest.fixture(scope="module")
def refusals(hub: ReachableHub) -> dict[str, Refused]:
    """Read, by the product's own client, how the hub refuses the two bad messages of the programs."""
    client = hub.own_client()

    def refusal(number: str, **values: str) -> Refused:
        with pytest.raises(Refused) as refused:
            client.call(number, **values)
        return refused.value

    return {
        "many": refusal("12110", processKind=ProcessKind.REGISTER, pointNumber="031", holderName="ﾊﾅｺ"),
        "one": refusal("12210", caseNumber="SW03"),
    }


def test_it_registers_a_referral(read: dict[str, str], tell: Callable[[str], None]) -> None:
    tell(read["client"])

    assert read["registered.caseNumber"].startswith("SW03L")
    assert read["registered.version"] == "1"
    assert read["registered.casePhaseName"] == CasePhase.AWAITING_DECISION.label


def test_it_reads_what_it_wrote_to_the_letter(read: dict[str, str], settings: dict[str, str]) -> None:
    assert _rows(read, "own") == [
        {
            "caseNumber": read["registered.caseNumber"],
            "holderName": "髙﨑　花子",
            "holderNameKana": "タカサキ　ハナコ",
            "address": "東京都千代田区霞が関９－８－７",
            "pointNumber": settings["POINT_NUMBER"],
            "wishedDate": settings["WISHED_DATE"],
        }
    ]


def test_it_reads_a_list_of_several(read: dict[str, str], filed_before: str) -> None:
    rows = _rows(read, "inbox")

    assert _rows(read, "own")[0] in rows
    assert filed_before in [row["caseNumber"] for row in rows]
    assert all(row.keys() == set(ITEMS) for row in rows)


@pytest.mark.parametrize("fault", ["many", "one"])
def test_it_reads_a_fault_with_all_its_findings(
    read: dict[str, str], settings: dict[str, str], refusals: dict[str, Refused], fault: str
) -> None:
    refusal, form = refusals[fault], REFUSAL_WORDS[RefusalCode.FORM]

    assert read[f"{fault}.code"] == refusal.code == RefusalCode.FORM
    assert read[f"{fault}.message"] == form.text
    assert read[f"{fault}.action"] == form.action
    assert read[f"{fault}.retryable"] == "no"
    assert read[f"{fault}.messageId"].startswith(settings["MESSAGE_ID"])
    assert _rows(read, f"{fault}.findings") == [vars(finding) for finding in refusal.findings]
    assert (len(refusal.findings) == 1) is (fault == "one")


def _rows(read: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """Read what was read of a list, row by row."""
    rows: dict[int, dict[str, str]] = {}
    for path, value in read.items():
        if path.startswith(f"{name}."):
            index, item = path.removeprefix(f"{name}.").split(".")
            rows.setdefault(int(index), {})[item] = value
    return [rows[index] for index in sorted(rows)]
