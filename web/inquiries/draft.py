"""An inquiry that a person has typed and got no answer to: kept for a short time, but for what opens something."""

from collections.abc import Mapping

from flask import request

from models.database import Database
from schemas.reading import RawValue
from web.catalogue_forms.typed_values import Sent, is_ours
from web.inquiries.screens import InquiryScreen, inquiry_screen
from web.shared.access import current_viewer, may_do
from web.shared.drafts import KeptForm, KeptForms
from web.shared.own_draft import OwnDraft


def sent_inquiry(screen: InquiryScreen, *, with_secrets: bool = True) -> dict[str, RawValue]:
    return Sent(request.form, screen.segment, with_secrets).message(screen.interface.request)


def draft_of(database: Database, screen: InquiryScreen) -> OwnDraft:
    return OwnDraft(database, _name(screen))


def _name(screen: InquiryScreen) -> str:
    return f"inquiry:{screen.interface.number_in(screen.segment)}"


def _screen(arguments: Mapping[str, str]) -> InquiryScreen | None:
    return inquiry_screen(arguments["number"], arguments["segment"])


def _draft_name(arguments: Mapping[str, str]) -> str | None:
    screen = _screen(arguments)
    return None if screen is None else _name(screen)


def _typed() -> dict[str, object]:
    screen = _screen(request.view_args or {})
    return {} if screen is None else dict(sent_inquiry(screen, with_secrets=False))


def _is_ours() -> bool:
    screen = _screen(request.view_args or {})
    return screen is not None and may_do(current_viewer(), screen.use_case) and is_ours(sent_inquiry(screen))


KEPT_FORMS: KeptForms = {"inquiries.ask": KeptForm("inquiries.show", _draft_name, _typed, _is_ours)}
