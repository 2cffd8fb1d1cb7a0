"""The pages of requests that more than one step shows."""

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template

from models.database import Session
from schemas.codes import ProcessKind
from schemas.findings import Finding, Refusal
from schemas.reading import RawMessage
from schemas.refusal_codes import RefusalCode
from usecases.hub import Hub
from web.catalogue_forms.answer import answer_of
from web.catalogue_forms.nodes import CatalogueForm, Widget, catalogue_form
from web.catalogue_forms.raw_values import inputs_of
from web.requests.changes import changed_labels
from web.requests.consequences import consequences
from web.requests.draft import said_by_itself
from web.requests.screens import RequestScreen
from web.requests.subject import Subject, known_content
from web.shared.refusal_words import screen_words


def form_of(
    screen: RequestScreen, subject: Subject | None, typed: RawMessage, findings: Sequence[Finding] = ()
) -> CatalogueForm:
    """Make the form of what a screen asks for."""
    return catalogue_form(
        screen.interface.request,
        segment=screen.segment,
        typed=typed,
        findings=findings,
        kind=screen.process,
        settled=said_by_itself(screen, subject),
    )


def asks_for_nothing(screen: RequestScreen, subject: Subject | None) -> bool:
    """Tell whether a person has nothing to type, as where a number alone is sent: then it is confirmed at once."""
    return all(node.widget is Widget.HIDDEN for node in form_of(screen, subject, {}).nodes)


def form_page(
    screen: RequestScreen,
    subject: Subject | None,
    typed: RawMessage,
    findings: Sequence[Finding] = (),
    refusal: Refusal | None = None,
) -> str:
    """Show the form with what was typed, and with what is wrong, each with what to do about it."""
    if findings and refusal is None:
        refusal = Refusal(RefusalCode.FORM, tuple(findings))
    told = [replace(finding, message=finding.message + finding.action) for finding in findings]
    return render_template(
        "requests/form.html",
        screen=screen,
        subject=subject,
        form=form_of(screen, subject, typed, told),
        refusal=refusal,
        words=None if refusal is None else screen_words(refusal),
    )


def blocked_page(screen: RequestScreen, subject: Subject) -> tuple[str, int]:
    """Say that things do not stand so that this could be sent."""
    return render_template("requests/blocked.html", screen=screen, subject=subject), 409


def confirmation_page(
    hub: Hub,
    screen: RequestScreen,
    subject: Subject | None,
    typed: RawMessage,
    message: object,
    *,
    refusal: Refusal | None = None,
) -> str:
    """Show what will be sent, what follows from it, and the button that sends it."""
    with hub.database.transaction() as session:
        lines = consequences(session, screen, subject, message, hub=hub)
        changes = _changes(session, screen, subject, typed)
    return render_template(
        "requests/confirm.html",
        screen=screen,
        subject=subject,
        content=answer_of(screen.interface.request, message, segment=screen.segment, kind=screen.process),
        inputs=inputs_of(screen.interface.request, typed, segment=screen.segment),
        consequences=lines,
        changes=changes,
        has_form=not asks_for_nothing(screen, subject),
        refusal=refusal,
        words=None if refusal is None else screen_words(refusal),
    )


def _changes(session: Session, screen: RequestScreen, subject: Subject | None, typed: RawMessage) -> list[str] | None:
    """Name what a 訂正 changes; None for what is no 訂正."""
    if subject is None or screen.process is not ProcessKind.AMEND:
        return None
    sent = known_content(session, screen, subject)
    return changed_labels(screen, typed, sent=sent, settled=said_by_itself(screen, subject))
