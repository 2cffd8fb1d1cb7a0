"""A case that somebody is about to decide on, and what may stand in the way."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort

from models.cases.screens import CasePage, CaseStanding
from models.clock import business_now
from models.database import Database
from models.users.queries import Viewer
from rules.switching.visibility import Side
from web.cases.case_words import awaits_decision
from web.cases.scope import page_or_404, standing_or_404
from web.shared.access import Permission, current_viewer, may


@dataclass(frozen=True)
class Problem:
    """Why a decision was not taken, and what to do."""

    heading: str
    advice: str


@dataclass(frozen=True)
class Standing:
    """How the case stands, and when it was looked at."""

    page: CaseStanding
    now: datetime

    @property
    def problem(self) -> Problem | None:
        """What stands in the way of a decision now, whatever it is."""
        state = self.page.state
        if not awaits_decision(self.page):
            return Problem(
                f"この案件は「{state.phase.label}」のため、判断できません。",
                "判断済み、取消済み、または期限切れです。案件の画面で経過を確認してください。",
            )
        if self.now >= min(state.decision_due, state.cut_off):
            return Problem("判断できる期限を過ぎています。", "案件の画面で期限と経過を確認してください。")
        return None


@dataclass(frozen=True)
class DecidableCase(Standing):
    """The same with what is to be compared."""

    page: CasePage


def standing_of(database: Database, case_number: str) -> Standing:
    """Tell how a case stands: 404 where this person has none such, 403 where they see it and may not decide.

    Nothing of the customer is shown, and nothing is put on record.
    """
    viewer = current_viewer()
    with database.transaction() as session:
        page = standing_or_404(session, viewer, case_number)
        _check_may_decide(viewer, page)
        return Standing(page, business_now(session))


def deciding_on(database: Database, case_number: str, *, purpose: str, message_id: str = "") -> DecidableCase:
    """Give the same with what is to be compared, on record; with a 403 goes the transaction, and the record of it."""
    viewer = current_viewer()
    with database.transaction() as session:
        page = page_or_404(session, viewer, case_number, purpose=purpose, message_id=message_id)
        _check_may_decide(viewer, page)
        return DecidableCase(page, business_now(session))


def _check_may_decide(viewer: Viewer, page: CaseStanding) -> None:
    if page.side is not Side.CURRENT or not may(viewer, Permission.DECIDE):
        abort(403)
