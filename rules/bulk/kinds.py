"""The four bulk functions of the terms §2.2 (2): each row of a file is one message of an interface."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.codes import Code, ProcessKind
from schemas.contract import Interface
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL


class BulkKind(Code):
    """What the rows of a file ask for, in the words of the terms."""

    REGISTER_REFERRALS = "register_referrals", "スイッチング廃止取次一括登録"
    FILE_START_APPLICATIONS = "file_start_applications", "スイッチング開始一括申請"
    DECIDE_REFERRALS = "decide_referrals", "スイッチング廃止取次一括判断"
    FILE_END_APPLICATIONS = "file_end_applications", "スイッチング廃止一括申請"

    @property
    def interface(self) -> Interface:
        """Give the interface that a row is a message of."""
        return _MADE_OF[self].interface

    @property
    def process(self) -> ProcessKind | None:
        """Give the 処理区分 of every row; None where the interface has none."""
        return _MADE_OF[self].process

    @property
    def row_is_one_of(self) -> str:
        """Give the name of the element that no two rows of a file have in common: the point, or the case."""
        return _MADE_OF[self].row_is_one_of

    @property
    def left_out_without(self) -> tuple[str, ...]:
        """Give the elements without any of which a row says nothing yet: an inbox may be decided in part."""
        return _MADE_OF[self].left_out_without


@dataclass(frozen=True)
class _Making:
    interface: Interface
    process: ProcessKind | None
    row_is_one_of: str
    left_out_without: tuple[str, ...] = ()


_MADE_OF: Mapping[BulkKind, _Making] = {
    BulkKind.REGISTER_REFERRALS: _Making(REFERRAL, ProcessKind.REGISTER, "pointNumber"),
    BulkKind.FILE_START_APPLICATIONS: _Making(START_APPLICATION, ProcessKind.REGISTER, "pointNumber"),
    BulkKind.DECIDE_REFERRALS: _Making(
        DECISION, None, "caseNumber", left_out_without=("decision", "rejectionReasons", "rejectionText")
    ),
    BulkKind.FILE_END_APPLICATIONS: _Making(END_APPLICATION, ProcessKind.REGISTER, "pointNumber"),
}
