"""The first step of a request: what it is about, the form, and keeping what was typed into it."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from rules.pasted_text import as_number
from schemas.reading import Faulty, RawMessage, read
from usecases.hub import Hub
from web.catalogue_forms.typed_values import HIDDEN, is_ours, values_in_address
from web.requests.draft import carried_over, draft_of, keepable, said_by_itself, sent_request
from web.requests.pages import asks_for_nothing, blocked_page, confirmation_page, form_page
from web.requests.screens import RequestScreen, screen_or_error
from web.requests.subject import Subject, find_subject, known_content, subject_or_404
from web.shared.forms import FilterForm
from web.shared.message_ids import new_message_id


class SubjectForm(FilterForm):
    """Which case or application is to be corrected or taken back."""

    of = StringField("廃止取次番号または申請番号", validators=[InputRequired("番号を入力してください。")])


@dataclass(frozen=True)
class TypingStep:
    """The views of the form."""

    hub: Hub

    def show(
        self, number: str, segment: str, process: str, subject: str | None = None
    ) -> str | Response | tuple[str, int]:
        """Show the form, with what was typed and not sent, or else with what is known already."""
        screen = screen_or_error(number, segment, process)
        if subject is None and screen.is_about_something:
            return self._ask_for_subject(screen)
        typed = draft_of(self.hub.database, screen, subject).values()
        is_gone_on_with = typed is not None and is_ours(typed)
        known: RawMessage = {} if subject else carried_over(self.hub.database, screen).values() or {}
        known = {**known, **values_in_address(screen.interface.request, request.args, screen.segment)}
        with self.hub.database.transaction() as session:
            about = subject_or_404(session, screen, subject)
            if about is not None and not about.is_open:
                return blocked_page(screen, about)
            at_once = asks_for_nothing(screen, about)
            if about is not None and not is_gone_on_with and not at_once:
                known = known_content(session, screen, about)
        settled = said_by_itself(screen, about)
        if typed is None or not is_gone_on_with:
            filled_in = {**known, **settled, HIDDEN: new_message_id()}
            return self._confirm_at_once(screen, about, filled_in) if at_once else form_page(screen, about, filled_in)
        message: object = read(screen.interface.request, {**typed, **settled}, segment=screen.segment)
        return form_page(screen, about, typed, message.findings if isinstance(message, Faulty) else ())

    def check(self, number: str, segment: str, process: str, subject: str | None = None) -> Response:
        """Keep what was typed, and lead on to the page that says what follows from it, or back to the form.

        It answers with no page itself: a browser would not show that again when one comes back to it.
        """
        screen = screen_or_error(number, segment, process)
        with self.hub.database.transaction() as session:
            about = subject_or_404(session, screen, subject)
        typed = sent_request(screen, about)
        if not is_ours(typed):
            abort(400)
        draft_of(self.hub.database, screen, subject).keep(keepable(screen, typed))
        carried_over(self.hub.database, screen).drop()
        faulty = isinstance(read(screen.interface.request, typed, segment=screen.segment), Faulty)
        return redirect(screen.address(subject=subject, page="show" if faulty else "confirm"), 303)

    def _ask_for_subject(self, screen: RequestScreen) -> str | Response | tuple[str, int]:
        form = SubjectForm(request.args)
        if "of" not in request.args:
            return _subject_page(screen, form)
        if form.validate():
            wanted = as_number(form.of.data) or ""
            with self.hub.database.transaction() as session:
                found = find_subject(session, screen, wanted)
            if found is not None:
                return redirect(screen.address(subject=found.number), 303)
            form.of.errors = [f"この番号の、貴社の{screen.what}はありません。番号と区分を確認してください。"]
        return _subject_page(screen, form), 422

    def _confirm_at_once(self, screen: RequestScreen, subject: Subject | None, typed: RawMessage) -> str:
        message: object = read(screen.interface.request, typed, segment=screen.segment)
        return confirmation_page(self.hub, screen, subject, typed, message)


def _subject_page(screen: RequestScreen, form: SubjectForm) -> str:
    return render_template("requests/subject.html", screen=screen, form=form)
