"""Several referrals decided on at once: chosen in the list, compared on one page, sent each as its own command."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.clock import business_now
from models.database import Database, Session
from models.messages.queries import GivenCommand, given_command
from rules.calendar import JapaneseCalendar
from rules.numbers import segment_of
from rules.remaining import remaining
from schemas.codes import CasePhase
from schemas.interfaces.referral_inbox import IncomingReferral
from usecases.hub import Hub
from usecases.referral_inbox import ChosenReferralsRequest, see_chosen_referrals
from web.decision.deciding import NOT_STORED, decide_several
from web.inbox.place import place_of_request
from web.inbox.several_form import MOST, ChosenReferral, SeveralForm, chosen_anew
from web.shared.access import current_actor, current_retailer
from web.shared.drafts import storable
from web.shared.own_draft import OwnDraft
from web.shared.refusal_words import screen_words

_PURPOSE = "画面:受信箱（まとめて照合）"
_BATCH = re.compile(r"[0-9a-f]{32}")
_GONE = "選んだ取次が分からなくなりました（30分で消えます）。もう一度選んでください。何も送信していません。"
_CHOOSE = f"判断する取次を1件以上{MOST}件以下で選んでください。"


def draft_name(batch: str) -> str | None:
    """Name the draft of a choice; None where the address cannot be of one."""
    return f"decisions:{batch}" if _BATCH.fullmatch(batch) else None


@dataclass(frozen=True)
class Outcome:
    """What became of one of the decisions."""

    case_number: str
    message_id: str
    given: GivenCommand | None
    """None where nothing was stored."""
    refused: str
    """Why not, in Japanese; empty where it was taken, or its outcome is open."""


@dataclass(frozen=True)
class SeveralSteps:
    """The views: choosing, comparing, sending, and what became of each."""

    hub: Hub

    @property
    def _database(self) -> Database:
        return self.hub.database

    def choose(self) -> Response:
        """Take the rows that were ticked, or all of the page, and lead on to the page that compares them."""
        numbers = request.form.getlist("listed" if "all" in request.form else "cases")[: MOST + 1]
        with self._database.transaction() as session:
            referrals = _compared(session, numbers) if 0 < len(set(numbers)) <= MOST else []
        if not referrals:
            flash(_CHOOSE, "warning")
            return redirect(url_for("inbox.show", **_way()), 303)
        batch = uuid4().hex
        listed = [chosen_anew(referral.case_number, referral.version).text for referral in referrals]
        self._draft(batch).keep({"listed": listed, "rows": listed, "decision": "", "reasons": [], "text": ""})
        return redirect(url_for("inbox.compare", batch=batch, **_way()), 303)

    def compare(self, batch: str) -> str | Response:
        """Show what the chosen referrals say, and what follows from either answer. Looking at it changes nothing."""
        values = self._draft(batch).values()
        if values is not None and "sent" in values:  # somebody came back to it
            return redirect(url_for("inbox.outcomes", batch=batch, **_way()), 303)
        form = None if values is None else SeveralForm(formdata=None, data=values)
        if form is None or not form.chosen:
            return _lost()
        if form.decision.data or form.reasons.data or form.text.data or not form.ticked:
            form.requests()  # what is wrong with it now stands on its fields
        with self._database.transaction() as session:
            referrals, now = _compared(session, [one.case_number for one in form.chosen]), business_now(session)
        chosen = {one.case_number: one for one in form.chosen}
        form.name_reasons(segment_of(form.chosen[0].case_number))
        return render_template(
            "inbox/several.html",
            batch=batch,
            way=_way(),
            form=form,
            rows=[_Row(referral, chosen[referral.case_number]) for referral in referrals],
            left_of={
                one.case_number: remaining(due=one.due, now=now, calendar=JapaneseCalendar()) for one in referrals
            },
            segment_of=segment_of,
            ticked={one.case_number for one in form.ticked},
            failed=bool(form.errors),
        )

    def send(self, batch: str) -> Response:
        """Send the decision on each of those that are ticked; sent again they are the same ones."""
        form, draft = SeveralForm(), self._draft(batch)
        form.validate()
        if not form.is_ours:
            abort(400)
        decisions = form.requests()
        if decisions is None:
            draft.keep(form.typed())
            return redirect(url_for("inbox.compare", batch=batch, **_way()), 303)
        refusals = decide_several(decisions, hub=self.hub)
        unstored = {
            number: screen_words(refusal).text
            for number, refusal in refusals.items()
            if refusal is not None and refusal.code in NOT_STORED
        }
        draft.keep({"sent": [one.text for one in form.ticked], "unstored": unstored})
        return redirect(url_for("inbox.outcomes", batch=batch, **_way()), 303)

    def outcomes(self, batch: str) -> str | Response:
        """Show what became of each, row by row."""
        values = self._draft(batch).values()
        if values is None or "sent" not in values:
            return _lost()
        with self._database.transaction() as session:
            outcomes = [_outcome(session, text, values["unstored"]) for text in values["sent"]]
        return render_template(
            "inbox/outcomes.html",
            batch=batch,
            way=_way(),
            outcomes=outcomes,
            taken=[one for one in outcomes if one.given and one.given.answer and not one.refused],
            open=[one for one in outcomes if one.given and one.given.answer is None],
            refused=[one for one in outcomes if one.refused],
        )

    def _draft(self, batch: str) -> OwnDraft:
        return OwnDraft(self._database, draft_name(batch) or abort(404))


@dataclass(frozen=True)
class _Row:
    referral: IncomingReferral
    chosen: ChosenReferral

    @property
    def problem(self) -> str:
        """Say why it cannot be decided on as it was chosen; empty where it can."""
        if self.referral.case_phase is not CasePhase.AWAITING_DECISION:
            return f"「{self.referral.case_phase.label}」のため、判断できません。"
        if self.referral.version != self.chosen.version:
            return f"版{self.referral.version}に訂正されました。受信箱から選び直してください。"
        return ""


def _compared(session: Session, numbers: list[str]) -> list[IncomingReferral]:
    wanted = ChosenReferralsRequest(case_numbers=list(map(storable, numbers)), purpose=_PURPOSE)
    return see_chosen_referrals(wanted, actor=current_actor(), session=session)


def _outcome(session: Session, text: str, unstored: dict[str, Any]) -> Outcome:
    number, _, message_id = text.split(":")
    given = given_command(session, retailer_code=current_retailer(), case_number=number, message_id=message_id)
    refused = str(unstored.get(number, ""))
    if not refused and given is not None and given.answer is not None and given.answer.refusal is not None:
        refusal = given.answer.refusal
        refused = "".join(finding.message for finding in refusal.findings) or screen_words(refusal).text
    return Outcome(number, message_id, given, refused or ("" if given else "該当する案件がありません。"))


def _way() -> dict[str, Any]:
    """Give what leads back to the place in the inbox that one came from."""
    place = place_of_request()
    return {} if place is None else place.query


def _lost() -> Response:
    flash(_GONE, "warning")
    return redirect(url_for("inbox.show", **_way()), 303)
