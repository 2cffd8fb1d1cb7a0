"""The inbox as a file that is sent back with decisions."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rules.bulk.inbox import inbox_file
from schemas.codes import ApplicationState, CasePhase, Segment
from schemas.interfaces.referral_inbox import IncomingReferral
from tests.support.sent_files import DECISIONS, FIT, LOW, read_rows, refused

REFERRAL = IncomingReferral(
    case_number="SW03L20260812000000019",
    version=2,
    case_phase=CasePhase.AWAITING_DECISION,
    case_phase_name="判断待ち",
    point_number="0310000000000000000001",
    contract_number="00012345678901",
    holder_name="髙橋　太郎",
    holder_name_kana="タカハシ　タロウ",
    address="東京都江東区豊洲１－２－３",
    wished_date=date(2026, 8, 20),
    effective_date=date(2026, 8, 20),
    arrived_at=datetime(2026, 8, 12, 1, 0, tzinfo=UTC),
    due=datetime(2026, 8, 14, 15, 0, tzinfo=UTC),
    due_rule="decision-deadline",
    end_application_number=None,
    end_application_state=ApplicationState.NOT_FILED,
)
OTHER = replace(REFERRAL, case_number="SW03L20260812000000021", version=1)


def test_it_has_what_is_compared_and_empty_cells_for_the_decision() -> None:
    header, row = csv.reader(io.StringIO("".join(inbox_file([REFERRAL], segment=LOW)), newline=""))

    assert dict(zip(header, row, strict=True)) == {
        "廃止取次番号": "SW03L20260812000000019",
        "版": "2",
        "供給地点特定番号": "03-1000-0000-0000-0000-0001",
        "契約番号": "'00012345678901",
        "契約名義": "髙橋　太郎",
        "契約名義（カナ）": "タカハシ　タロウ",
        "需要場所住所": "東京都江東区豊洲１－２－３",
        "異動希望日": "2026-08-20",
        "到着日時": "2026-08-12 10:00:00",
        "期限": "2026-08-14 24:00まで",
        "取次判断": "",
        "NG理由": "",
        "NG理由（詳細）": "",
    }


def test_what_is_decided_in_it_is_read_and_what_is_not_is_no_row() -> None:
    header, first, second = "".join(inbox_file([REFERRAL, OTHER], segment=LOW)).splitlines()
    assert first.endswith(',"","",""')
    decided = "\r\n".join([header, first.removesuffix(',"","",""') + ",否認,01 契約番号相違,", second])

    (row,) = read_rows(decided.encode("cp932"), kind=DECISIONS)

    assert (row.line, row.problems) == (2, ())
    assert row.values == {
        "caseNumber": "SW03L20260812000000019",
        "version": "2",
        "decision": "reject",
        "rejectionReasons": ["01"],
    }


@pytest.mark.parametrize("segment", list(Segment))
def test_its_columns_are_called_as_in_the_segment_and_known_again(segment: Segment) -> None:
    text = "".join(inbox_file([REFERRAL], segment=segment))

    assert ("受電地点特定番号" in text) == (segment is FIT)
    assert [problem.rule for problem in refused(text.encode(), kind=DECISIONS, segment=segment)] == [
        "file-nothing-decided"
    ]
