"""The pages of inquiries: which there are, the form of one, and the answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from schemas.catalogue import SEGMENTS
from schemas.findings import Finding, Refusal, Refused
from schemas.interfaces.usage import UsageInquiryRequest, UsageInquiryResponse
from schemas.reading import Faulty, RawMessage, read
from schemas.refusal_codes import RefusalCode
from usecases.hub import Hub
from web.catalogue_forms.answer import answer_of
from web.catalogue_forms.nodes import catalogue_form
from web.catalogue_forms.typed_values import HIDDEN, is_ours, values_in_address
from web.inquiries.answers import inputs_of_next_page, onward, password_in, password_leads_to
from web.inquiries.draft import draft_of, sent_inquiry
from web.inquiries.leading import LEADING
from web.inquiries.screens import COMMON, CURSOR, InquiryScreen, inquiry_screen, screens_of
from web.inquiries.usage_charts import shown_usage
from web.inquiries.usage_file import sealed, usage_file
from web.shared.access import Permission, current_actor, current_viewer, may_do, needs
from web.shared.inquiries import INTERFACES
from web.shared.message_ids import new_message_id
from web.shared.refusal_words import screen_words


@dataclass(frozen=True)
class InquiryViews:
    """The views, on the hub that they ask."""

    hub: Hub

    def index(self) -> str:
        """List the inquiries that this person may make, by segment."""
        screens = [screen for each in INTERFACES for screen in screens_of(each) if _may_ask(screen)]
        by_segment = {each: [screen for screen in screens if screen.segment is each] for each in SEGMENTS}
        return render_template("inquiries/index.html", segments=by_segment, common=COMMON)

    def show(self, number: str, segment: str) -> str:
        """Show the form, with what was typed and has no answer."""
        screen = _screen_or_error(number, segment)
        typed = draft_of(self.hub.database, screen).values()
        if typed is None or not is_ours(typed):
            known = values_in_address(screen.interface.request, request.args, screen.segment)
            return _form_page(screen, {**known, HIDDEN: new_message_id()})
        message: object = read(screen.interface.request, typed, segment=screen.segment)
        return _form_page(screen, typed, message.findings if isinstance(message, Faulty) else ())

    def ask(self, number: str, segment: str) -> str | Response | tuple[str, int]:
        """Make the inquiry, and show the answer here: it is personal, so nothing keeps it for another page.

        What cannot be read leads back to the form, which a browser shows again when one comes back to it.
        """
        screen = _screen_or_error(number, segment)
        typed, draft = sent_inquiry(screen), draft_of(self.hub.database, screen)
        if not is_ours(typed):
            abort(400)
        message: object = read(screen.interface.request, typed, segment=screen.segment)
        if isinstance(message, Faulty):
            draft.keep(sent_inquiry(screen, with_secrets=False))
            return redirect(screen.address, 303)
        try:
            answer = screen.answering(
                message,
                actor=current_actor(),
                segment=screen.segment,
                hub=self.hub,
            )
        except Refused as refused:
            draft.keep(sent_inquiry(screen, with_secrets=False))
            return _refused_page(screen, typed, refused.refusal)
        draft.drop()
        return _answer_page(screen, typed, message, answer)

    def file(self, number: str, segment: str) -> Response:
        """Give what the page of an answer holds as a file."""
        return usage_file(self.hub, _screen_or_error(number, segment))


def inquiries(hub: Hub) -> Blueprint:
    blueprint = Blueprint("inquiries", __name__, url_prefix="/inquiries", template_folder="templates")
    views = InquiryViews(hub)
    blueprint.add_url_rule("", "index", needs(Permission.INQUIRE)(views.index), methods=["GET"])
    blueprint.add_url_rule("/<number>/<segment>", "show", views.show, methods=["GET"])
    blueprint.add_url_rule("/<number>/<segment>", "ask", views.ask, methods=["POST"])
    blueprint.add_url_rule("/<number>/<segment>/file", "file", views.file, methods=["POST"])
    return blueprint


def _screen_or_error(number: str, segment: str) -> InquiryScreen:
    """Answer 404 where there is no such inquiry, 403 to who may not make it."""
    screen = inquiry_screen(number, segment)
    if screen is None:
        abort(404)
    if not _may_ask(screen):
        abort(403)
    return screen


def _may_ask(screen: InquiryScreen) -> bool:
    return may_do(current_viewer(), screen.use_case)


def _form_page(
    screen: InquiryScreen, typed: RawMessage, findings: Sequence[Finding] = (), refusal: Refusal | None = None
) -> str:
    if findings and refusal is None:
        refusal = Refusal(RefusalCode.FORM, tuple(findings))
        findings = [replace(finding, message=finding.message + finding.action) for finding in findings]
    return render_template(
        "inquiries/form.html",
        screen=screen,
        form=catalogue_form(
            screen.interface.request, segment=screen.segment, typed=typed, findings=findings, settled=(CURSOR,)
        ),
        refusal=refusal,
        words=None if refusal is None else screen_words(refusal),
    )


def _answer_page(screen: InquiryScreen, typed: RawMessage, asked: object, answer: object) -> str:
    """Show an answer: as the catalogue has it, and 使用量情報 by charts."""
    usage, seal = None, ""
    if isinstance(asked, UsageInquiryRequest) and isinstance(answer, UsageInquiryResponse):
        usage, seal = shown_usage(answer, segment=screen.segment), sealed(screen, asked, answer)
    return render_template(
        "inquiries/answer.html",
        screen=screen,
        answer=answer_of(
            screen.interface.response,
            answer,
            segment=screen.segment,
            leading=LEADING.get(screen.interface, ()),
            elsewhere=("monthly_usages", "half_hourly_usages") if usage else (),
        ),
        usage=usage,
        sealed=seal,
        message_id=typed[HIDDEN],
        password=password_in(screen, answer),
        password_leads_to=password_leads_to(screen, answer),
        onward=onward(screen, typed, answer),
        goes_on=inputs_of_next_page(screen, typed, answer),
    )


def _refused_page(screen: InquiryScreen, typed: RawMessage, refusal: Refusal) -> tuple[str, int]:
    """Show the form with what refused it; when only time can help, in the refusal's own words alone."""
    if refusal.retryable:
        return _form_page(screen, typed, refusal=refusal), 503
    return _form_page(screen, typed, refusal.findings, refusal), 422
