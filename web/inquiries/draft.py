"""An inquiry that a person has typed and got no answer to: kept for a short time, but for what opens something."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from models.database import Database
from models.users.drafts import draft_of, drop_draft, keep_draft
from schemas.reading import RawMessage, RawValue
from web.catalogue_forms.nodes import HIDDEN
from web.catalogue_forms.typed_values import Sent
from web.inquiries.screens import InquiryScreen, inquiry_screen
from web.shared.access import current_viewer
from web.shared.drafts import KeptForm, KeptForms
from web.shared.message_ids import is_message_id


def sent_inquiry(screen: InquiryScreen, *, with_secrets: bool = True) -> dict[str, RawValue]:
    return Sent(request.form, screen.segment, with_secrets).message(screen.interface.request)


def is_ours(typed: RawMessage) -> bool:
    """Tell whether a form is such as the hub's own."""
    message_id = typed.get(HIDDEN)
    return isinstance(message_id, str) and is_message_id(message_id)


@dataclass(frozen=True)
class InquiryDraft:
    """What the person who is logged in typed at one screen."""

    database: Database
    screen: InquiryScreen

    def typed(self) -> RawMessage | None:
        """Give what was typed not long ago; None where there is none."""
        with self.database.transaction() as session:
            return draft_of(session, user_id=current_viewer().user_id, form=_name(self.screen))

    def keep(self) -> None:
        """Keep what this request sent."""
        values = sent_inquiry(self.screen, with_secrets=False)
        with self.database.transaction() as session:
            keep_draft(session, user_id=current_viewer().user_id, form=_name(self.screen), values=values)

    def drop(self) -> None:
        """Forget what was typed."""
        with self.database.transaction() as session:
            drop_draft(session, user_id=current_viewer().user_id, form=_name(self.screen))


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


KEPT_FORMS: KeptForms = {"inquiries.ask": KeptForm("inquiries.show", _draft_name, _typed)}
