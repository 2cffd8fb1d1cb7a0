"""廃止取次判断 at the screen: the form, what will follow from it, sending it, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from models.cases.screens import CasePage, CaseStanding
from models.clock import business_now
from models.database import Database
from models.messages.queries import given_command
from models.users.drafts import draft_of, drop_draft, keep_draft
from models.users.queries import Viewer
from rules.switching.seeing import Side
from runtime.logs import logger
from schemas.codes import CasePhase, Decision
from schemas.findings import Refusal, Refused
from schemas.interfaces.decision import DecisionRequest
from schemas.refusal_codes import RefusalCode
from usecases.actors import person
from usecases.decision import decide_referral
from usecases.hub import Hub
from web.access import Permission, current_viewer, may
from web.case_telling import awaits_decision, deadlines, next_deadline
from web.decision_form import DecisionForm, draft_name, is_message_id, new_message_id
from web.looking import page_or_404, standing_or_404
from web.refusal_words import screen_words
from web.views.errors import page_of_stale_form
from web.waiting import waiting_decisions

_log = logger(__name__)

_READING, _CONFIRMING, _SENDING = "画面:廃止取次判断", "画面:廃止取次判断（確認）", "画面:廃止取次判断（送信）"
_LOGGED_IN_ANEW = "画面を開いてからログインし直したため、まだ送信していません。内容を確認して、もう一度進んでください。"
_NOT_STORED = frozenset(
    {
        RefusalCode.SAME_ID_OTHER_CONTENT,
        RefusalCode.TOO_MANY_COMMANDS,
        RefusalCode.TOO_MANY_IN_FLIGHT,
        RefusalCode.FORM,
    }
)
"""Refusals that are not the answer to a stored decision, so that the page of its result would not show them."""


@dataclass(frozen=True)
class Problem:
    """Why a decision was not taken, and what to do."""

    heading: str
    advice: str


@dataclass(frozen=True)
class Standing:
    """How a case stands that somebody may decide on."""

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
class Deciding(Standing):
    """A case that somebody is about to decide on, with what is to be compared."""

    page: CasePage


@dataclass(frozen=True)
class DecisionScreens:
    """The screens of the decision, each with its view as a method."""

    hub: Hub

    @property
    def database(self) -> Database:
        """What the hub keeps."""
        return self.hub.database

    def show(self, case_number: str) -> str | tuple[str, int]:
        """Show what is to be compared, and the form, with what was typed and not sent."""
        deciding = _look(self.database, case_number, purpose=_READING)
        if (blocked := _blocked(deciding)) is not None:
            return blocked
        typed = self._typed(case_number)
        if typed is None:
            return _form(deciding, _new_form(deciding.page))
        if not _is_current(typed, deciding.page):
            return _amended(deciding)
        typed.request(case_number=case_number)  # what is wrong with it now stands on its fields
        return _form(deciding, typed)

    def check(self, case_number: str) -> Response:
        """Keep what was typed, and lead on to the page that says what follows from it, or back to the form.

        It answers with no page itself: a browser would not show that again when one comes back to it.
        """
        form = _sound_form()
        standing = _stand(self.database, case_number)
        self._keep(form, case_number)
        goes_on = (
            standing.problem is None
            and _is_current(form, standing.page)
            and form.request(case_number=case_number) is not None
        )
        return redirect(url_for("decision.confirm" if goes_on else "decision.show", case_number=case_number), 303)

    def confirm(self, case_number: str) -> str | Response | tuple[str, int]:
        """Say what follows from the decision that was typed, before it is sent. Looking at it changes nothing."""
        form = self._typed(case_number)
        if form is None:
            _stand(self.database, case_number)
            return redirect(url_for("decision.show", case_number=case_number), 303)
        deciding = _look(self.database, case_number, purpose=_CONFIRMING, message_id=form.message_id.data or "")
        if (blocked := _blocked(deciding)) is not None:
            return blocked
        if not _is_current(form, deciding.page):
            return _amended(deciding), 409
        asked = form.request(case_number=case_number)
        return (_form(deciding, form), 422) if asked is None else _confirmation(deciding, form, asked)

    def send(self, case_number: str) -> str | Response | tuple[str, int]:
        """Send the decision; sent again it is the same one."""
        form, viewer = _sound_form(), current_viewer()
        deciding = _look(self.database, case_number, purpose=_SENDING, message_id=form.message_id.data or "")
        asked = form.request(case_number=case_number)
        if asked is None:
            self._keep(form, case_number)
            return redirect(url_for("decision.show", case_number=case_number), 303)
        refusal = _send(asked, viewer, deciding.page, self.hub)
        if refusal is not None:
            return _not_taken(deciding, form, asked, refusal), 409
        with self.database.transaction() as session:
            drop_draft(session, user_id=viewer.user_id, form=_draft(case_number))
        return redirect(url_for("decision.result", case_number=case_number, message_id=asked.message_id), 303)

    def older(self, problem: CSRFError) -> Response | tuple[str, int]:
        """Go on with a form of ours from before the login, as where the person logged in anew in another tab."""
        case_number = (request.view_args or {}).get("case_number", "")
        form = DecisionForm()
        if not request.form.get("csrf_token") or not form.is_ours or not may(current_viewer(), Permission.DECIDE):
            return page_of_stale_form()
        self._keep(form, case_number)
        flash(_LOGGED_IN_ANEW, "warning")
        return redirect(url_for("decision.show", case_number=case_number), 303)

    def _typed(self, case_number: str) -> DecisionForm | None:
        """What this person typed not long ago and has not sent."""
        name = draft_name(case_number)
        if name is None:
            return None
        with self.database.transaction() as session:
            values = draft_of(session, user_id=current_viewer().user_id, form=name)
        form = None if values is None else DecisionForm(formdata=None, data=values)
        return form if form is not None and form.is_ours else None

    def _keep(self, form: DecisionForm, case_number: str) -> None:
        with self.database.transaction() as session:
            keep_draft(session, user_id=current_viewer().user_id, form=_draft(case_number), values=form.typed())

    def result(self, case_number: str, message_id: str) -> str:
        """Show what became of a decision that was sent."""
        viewer, given = current_viewer(), None
        with self.database.transaction() as session:
            page = standing_or_404(session, viewer, case_number)
            if viewer.retailer_code is not None and is_message_id(message_id):
                given = given_command(
                    session, retailer_code=viewer.retailer_code, case_number=case_number, message_id=message_id
                )
            if given is None:
                abort(404)
            waiting = waiting_decisions(session, viewer, besides=page)
        refusal = None if given.answer is None else given.answer.refusal
        return render_template(
            "decision_result.html",
            page=page,
            given=given,
            refused=None if refusal is None else screen_words(refusal),
            outdated=refusal is not None and refusal.code is RefusalCode.VERSION_DIFFERS,
            message_id=message_id,
            waiting=waiting,
        )


def decision(hub: Hub) -> Blueprint:
    """Make the screens of the decision."""
    blueprint = Blueprint("decision", __name__, url_prefix="/cases/<case_number>/decision")
    screens = DecisionScreens(hub)
    blueprint.add_url_rule("", "show", screens.show, methods=["GET"])
    blueprint.add_url_rule("", "check", screens.check, methods=["POST"])
    blueprint.add_url_rule("/confirm", "confirm", screens.confirm, methods=["GET"])
    blueprint.add_url_rule("/send", "send", screens.send, methods=["POST"])
    blueprint.add_url_rule("/<message_id>", "result", screens.result, methods=["GET"])
    blueprint.register_error_handler(CSRFError, screens.older)
    return blueprint


def _draft(case_number: str) -> str:
    name = draft_name(case_number)
    if name is None:
        abort(404)
    return name


def _new_form(page: CasePage) -> DecisionForm:
    return DecisionForm(formdata=None, data={"version": str(page.state.version), "message_id": new_message_id()})


def _is_current(form: DecisionForm, page: CaseStanding) -> bool:
    return bool(form.version.data == str(page.state.version))


def _stand(database: Database, case_number: str) -> Standing:
    """404 where there is no such case for this person, 403 where they see it and may not decide.

    Nothing of the customer is shown, and nothing is put on record.
    """
    viewer = current_viewer()
    with database.transaction() as session:
        page = standing_or_404(session, viewer, case_number)
        _check_may_decide(viewer, page)
        return Standing(page, business_now(session))


def _look(database: Database, case_number: str, *, purpose: str, message_id: str = "") -> Deciding:
    """The same with what is to be compared, on record; with a 403 goes the transaction, and the record of it."""
    viewer = current_viewer()
    with database.transaction() as session:
        page = page_or_404(session, viewer, case_number, purpose=purpose, message_id=message_id)
        _check_may_decide(viewer, page)
        return Deciding(page, business_now(session))


def _check_may_decide(viewer: Viewer, page: CaseStanding) -> None:
    if page.side is not Side.CURRENT or not may(viewer, Permission.DECIDE):
        abort(403)


def _sound_form() -> DecisionForm:
    form = DecisionForm()
    form.validate()
    if not form.is_ours:
        abort(400)
    return form


def _send(asked: DecisionRequest, viewer: Viewer, page: CasePage, hub: Hub) -> Refusal | None:
    """Gives the refusal that no stored decision tells of; the others are read with the result."""
    refusal = None
    actor = person(viewer, source_address=request.remote_addr or "")
    try:
        decide_referral(asked, actor=actor, segment=page.state.segment, hub=hub)
    except Refused as refused:
        if refused.refusal.code is RefusalCode.NO_SUCH_CASE:
            abort(404)
        refusal = refused.refusal
    _log.info(
        "decision at screen",
        case_number=asked.case_number,
        message_id=asked.message_id,
        user_id=viewer.user_id,
        refused=None if refusal is None else refusal.code.value,
    )
    return refusal if refusal is not None and refusal.code in _NOT_STORED else None


def _form(deciding: Deciding, form: DecisionForm, problem: Problem | None = None) -> str:
    found = deadlines(deciding.page, now=deciding.now)
    form.name_reasons(deciding.page.state.segment)
    return render_template(
        "decision.html", page=deciding.page, form=form, problem=problem, next_deadline=next_deadline(found)
    )


def _blocked(deciding: Deciding) -> tuple[str, int] | None:
    if deciding.problem is None:
        return None
    return render_template("decision_blocked.html", page=deciding.page, problem=deciding.problem), 409


def _amended(deciding: Deciding) -> str:
    """The content was amended while it was read: it is shown anew, and the decision has to be made anew."""
    version = deciding.page.state.version
    problem = Problem(
        f"取次が版{version}に訂正されました。", "下の内容を自社の契約と改めて照合し、判断を入力し直してください。"
    )
    return _form(deciding, _new_form(deciding.page), problem)


def _confirmation(
    deciding: Deciding, form: DecisionForm, asked: DecisionRequest, problem: Problem | None = None
) -> str:
    return render_template(
        "decision_confirm.html",
        page=deciding.page,
        form=form,
        asked=asked,
        accepts=asked.decision is Decision.ACCEPT,
        after=CasePhase.AWAITING_APPLICATIONS if asked.decision is Decision.ACCEPT else CasePhase.REJECTED,
        problem=problem,
    )


def _not_taken(deciding: Deciding, form: DecisionForm, asked: DecisionRequest, refusal: Refusal) -> str:
    words = screen_words(refusal)
    problem = Problem(words.text, words.action)
    return _confirmation(deciding, form, asked, problem)
