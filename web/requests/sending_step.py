"""The third step of a request: sending it."""

from dataclasses import dataclass

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from runtime.logs import logger
from schemas.findings import Refusal, Refused
from schemas.reading import Faulty, RawMessage, read
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode, Repeat
from usecases.hub import Hub
from web.catalogue_forms.typed_values import HIDDEN, is_ours
from web.requests.draft import draft_of, keepable, sent_request
from web.requests.pages import asks_for_nothing, confirmation_page, form_page
from web.requests.screens import RequestScreen, screen_or_error
from web.requests.subject import Subject, subject_or_404
from web.shared.access import current_actor, current_viewer
from web.shared.message_ids import new_message_id

_log = logger(__name__)


@dataclass(frozen=True)
class SendingStep:
    """The view that sends."""

    hub: Hub

    def send(
        self, number: str, segment: str, process: str, subject: str | None = None
    ) -> str | Response | tuple[str, int]:
        """Send the request; sent again it is the same one."""
        screen = screen_or_error(number, segment, process)
        with self.hub.database.transaction() as session:
            about = subject_or_404(session, screen, subject)
        typed, draft = sent_request(screen, about), draft_of(self.hub.database, screen, subject)
        if not is_ours(typed):
            abort(400)
        message: object = read(screen.interface.request, typed, segment=screen.segment)
        if isinstance(message, Faulty):
            draft.keep(keepable(screen, typed))
            return redirect(screen.address(subject=subject), 303)
        refusal = self._send(screen, message, str(typed[HIDDEN]))
        if refusal is None or refusal.code is RefusalCode.OUTCOME_OPEN:
            draft.drop()
            return redirect(url_for("requests.result", message_id=typed[HIDDEN]), 303)
        if REFUSAL_WORDS[refusal.code].repeat is not Repeat.SAME_ID:
            typed = {**typed, HIDDEN: new_message_id()}  # what is sent next is another message
        draft.keep(keepable(screen, typed))
        return self._refused(screen, about, typed, message, refusal)

    def _send(self, screen: RequestScreen, message: object, message_id: str) -> Refusal | None:
        refusal = None
        try:
            screen.answering(message, actor=current_actor(), segment=screen.segment, hub=self.hub)
        except Refused as refused:
            refusal = refused.refusal
        _log.info(
            "request at screen",
            interface=screen.number,
            process=screen.process.value,
            message_id=message_id,
            user_id=current_viewer().user_id,
            refused=None if refusal is None else refusal.code.value,
        )
        return refusal

    def _refused(
        self, screen: RequestScreen, subject: Subject | None, typed: RawMessage, message: object, refusal: Refusal
    ) -> tuple[str, int]:
        """Show the form with what refused it; where time alone can help or nothing is typed, the confirmation."""
        if refusal.retryable or asks_for_nothing(screen, subject):
            page = confirmation_page(
                self.hub,
                screen,
                subject,
                typed,
                message,
                refusal=refusal,
            )
            return page, 503 if refusal.retryable else 409
        return form_page(screen, subject, typed, refusal.findings, refusal), 422
