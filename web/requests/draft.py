"""A request that a person has typed and not sent."""

from collections.abc import Mapping

from flask import request

from models.database import Database
from schemas.contract import members
from schemas.reading import RawMessage, RawValue
from web.catalogue_forms.typed_values import Sent, is_ours
from web.requests.screens import RequestScreen, request_screen
from web.requests.subject import Subject
from web.shared.access import current_viewer, may_do
from web.shared.drafts import KeptForm, KeptForms
from web.shared.own_draft import OwnDraft


def sent_request(screen: RequestScreen, subject: Subject | None) -> dict[str, RawValue]:
    """Read the form of this request; what the screen and the subject say by themselves, no form says otherwise."""
    return {**_typed_at(screen), **said_by_itself(screen, subject)}


def keepable(screen: RequestScreen, typed: RawMessage) -> RawMessage:
    """Give what may be kept of what was typed: nothing that opens something."""
    secret = {member.xml_name for member in members(screen.interface.request) if member.field.secret}
    return {name: value for name, value in typed.items() if name not in secret}


def said_by_itself(screen: RequestScreen, subject: Subject | None) -> RawMessage:
    """Give the elements that nobody types."""
    return {"processKind": screen.process.value, **({} if subject is None else subject.said)}


def draft_of(database: Database, screen: RequestScreen, subject: str | None) -> OwnDraft:
    """Give the draft of a screen's form about one case or application, or about none."""
    return OwnDraft(database, _name(screen, subject))


def carried_over(database: Database, screen: RequestScreen) -> OwnDraft:
    """Give what another page knew of a request, with which its form begins."""
    return OwnDraft(database, _carried_name(screen))


def _carried_name(screen: RequestScreen) -> str:
    return f"carried:{screen.number}:{screen.process.value}"


def _name(screen: RequestScreen, subject: str | None) -> str:
    return f"request:{screen.number}:{screen.process.value}:{subject or ''}"


def _typed_at(screen: RequestScreen) -> dict[str, RawValue]:
    return Sent(request.form, screen.segment, kind=screen.process).message(screen.interface.request)


def _screen(arguments: Mapping[str, str]) -> RequestScreen | None:
    return request_screen(arguments["number"], arguments["segment"], arguments["process"])


def _draft_name(arguments: Mapping[str, str]) -> str | None:
    screen = _screen(arguments)
    return None if screen is None else _name(screen, arguments.get("subject"))


def _draft_name_carried(arguments: Mapping[str, str]) -> str | None:
    screen = _screen(arguments)
    return None if screen is None else _carried_name(screen)


def _typed() -> dict[str, object]:
    screen = _screen(request.view_args or {})
    return {} if screen is None else dict(keepable(screen, _typed_at(screen)))


def _is_ours() -> bool:
    screen = _screen(request.view_args or {})
    return screen is not None and may_do(current_viewer(), screen.use_case) and is_ours(sent_request(screen, None))


KEPT_FORMS: KeptForms = {
    "requests.check": KeptForm("requests.show", _draft_name, _typed, _is_ours),
    "requests.send": KeptForm("requests.confirm", _draft_name, _typed, _is_ours),
    "requests.carry": KeptForm("requests.show", _draft_name_carried, _typed, _is_ours),
}
