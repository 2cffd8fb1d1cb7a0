"""Talking a case's application over with its grid operator: what is said in which order, and what news comes of it.

After a call with unknown outcome the grid operator is asked for the number first, and what it does not
know is sent again. A correction (訂正) is sent again in any case: a status cannot tell whether it arrived,
and under the same message id it is taken once.

It is spoken to in the name of the retailer that filed the application, whoever has succeeded it since (承継). That it
knows no such application, where it had received it, proves nothing: its status is asked, and where that does not
know it either nobody can tell what became of it but a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from activities import figures
from grid_client.client import GridClient
from grid_client.errors import GridFault, GridUnreachable
from grid_client.filing import application_interface, filing, status_inquiry, status_interface, withdrawal
from grid_client.news import defect_names, news_of_answer, news_of_status
from rules.core import Procedure
from rules.procedure.application import AtGrid
from rules.procedure.calls import ApplicationCall, CallKind, GridCall, InquiryCall
from rules.procedure.events import GridNews, NewsKind
from runtime.logs import logger
from schemas import fields
from schemas.checks import shortened
from schemas.codes import ApplicationKind, ApplicationState, Area, Flag, ProcessKind
from schemas.contract import Interface
from schemas.grid import GridAnswer
from schemas.interfaces.application_contents import ApplicationContent
from schemas.interfaces.common import GridFinding
from schemas.interfaces.processing_status import ProcessingStatus, ProcessingStatusResponse
from schemas.refusal_codes import RefusalCode

_log = logger(__name__)

Response = TypeVar("Response")


class ApplicationUnknown(Exception):
    """A grid operator that had received an application says that it knows none of its number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def alarm_unknown(area: Area, application_number: str | None) -> None:
    """Have people see an application that its grid operator had received and does not know any more."""
    figures.UNKNOWN_AT_GRID.labels(area.value).inc()
    _log.error("application-unknown-at-grid", area=area.value, application_number=application_number)


_ABOUT_THE_CONTENT = frozenset({RefusalCode.FORM, RefusalCode.BUSINESS, RefusalCode.GRID_REFUSED})
"""Faults that the retailer can mend by a correction: for the case they are 不備."""
_STANDS = (ApplicationState.RECEIVED, ApplicationState.MATCHED, ApplicationState.COMPLETED)
_OVER = (
    ApplicationState.MATCHED,
    ApplicationState.COMPLETED,
    ApplicationState.CANCELLED,
    ApplicationState.UNMATCHED,
)
"""There is nothing left to be taken back, or it is too late for it."""
_GONE = (NewsKind.CANCELLED, NewsKind.UNMATCHED, NewsKind.TOO_LATE)


@dataclass(frozen=True)
class NewsWithFindings:
    """A piece of news, and the grid operator's words that belong to it and must not travel with it."""

    news: GridNews
    findings: tuple[GridFinding, ...] = ()


@dataclass(frozen=True)
class _GridTalk:
    client: GridClient
    call: GridCall
    case: Procedure
    now: Callable[[], datetime]
    """The business clock."""

    def _status(self, kind: ApplicationKind, number: str) -> ProcessingStatus | None:
        interface = status_interface(kind, self.call.segment)
        request = status_inquiry(interface=interface, application_number=number)
        try:
            return self._ask(interface, request, ProcessingStatusResponse).status
        except GridFault as fault:
            if fault.code != RefusalCode.NO_SUCH_APPLICATION:
                raise
            return None

    def _ask(self, interface: Interface, request: object, response: type[Response]) -> Response:
        answer = self.client.call(
            area=self.call.area, segment=self.call.segment, interface_number=interface.number, request=request
        )
        assert isinstance(answer, response), "the grid client reads what the catalogue says"
        return answer

    def _of_status(self, status: ProcessingStatus, *, cause: str) -> tuple[NewsWithFindings, ...]:
        return tuple(
            NewsWithFindings(news, status.findings)
            for news in news_of_status(status, matching_heard=False, cause=cause, at=self.now())
        )


@dataclass(frozen=True)
class InquiryTalk(_GridTalk):
    """The conversation of an inquiry."""

    call: InquiryCall

    def inquire(self) -> tuple[NewsWithFindings, ...]:
        """Ask where all applications stand.

        :raises GridUnreachable: when no answer came; GridFault: when something is wrong.
        """
        pieces: list[NewsWithFindings] = []
        for application in self.case.applications:
            if application.number is None:
                continue
            status = self._status(application.kind, application.number)
            if status is None and application.at_grid is AtGrid.YES:
                alarm_unknown(self.call.area, application.number)
            if status is not None:
                pieces += self._of_status(status, cause=f"{self.call.key}-{application.kind.value}")
        inquired = GridNews(
            kind=NewsKind.INQUIRED,
            application=self.case.applications[0].kind,
            application_number=self.case.applications[0].number or "",
            cause=f"{self.call.key}-{NewsKind.INQUIRED.value}",
            at=self.now(),
            inquiry=self.call.inquiry,
        )
        return (*pieces, NewsWithFindings(inquired))


@dataclass(frozen=True)
class ApplicationTalk(_GridTalk):
    """The conversation of a call about one application."""

    call: ApplicationCall

    def file(self, content: object, *, repeated: bool) -> tuple[NewsWithFindings, ...]:
        """Send the application's content, unless a first try turns out to have arrived.

        :param repeated: an earlier try may have reached the grid operator.
        :raises GridUnreachable: when no answer came; GridFault: when something is wrong that no retailer can mend.
        :raises ApplicationUnknown: when it holds the application, and says to the correction that it does not.
        """
        kind, number = self.call.application, self.call.application_number
        would_match = self._would_match_what_is_taken_back()
        if (repeated or would_match) and self.call.kind is CallKind.REGISTER:
            status = self._status(kind, number)
            if status is not None:
                return self._of_status(status, cause=self.call.key)
            if not repeated:
                return (NewsWithFindings(self._news(NewsKind.CANCELLED, self.call.key)),)
        try:
            answer = self._filed(content)
        except GridFault as fault:
            return (self._defective(fault),)
        if answer.duplicate is Flag.YES and answer.application_state not in _STANDS:
            status = self._status(kind, number)
            if status is not None and status.application_state in _STANDS:
                return self._of_status(status, cause=self.call.key)
        return self._of_answer(answer, ApplicationContent.of(content))

    def cancel(self) -> tuple[NewsWithFindings, ...]:
        """Take the application back, or learn that matching came first.

        Only what the grid operator had received is taken back: it is over when its answer or its status says so.

        :raises GridUnreachable: when no answer came, or none that tells; GridFault: when something else is wrong.
        :raises ApplicationUnknown: when it says that it knows no such application, and its status does not show why.
        """
        kind, number = self.call.application, self.call.application_number
        interface = application_interface(kind, self.call.segment)
        request = withdrawal(
            interface=interface,
            message_id=self.call.key,
            retailer_code=self._retailer(),
            application_number=number,
            case_number=self.case.referral_number,
        )
        try:
            pieces = self._of_answer(self._ask(interface, request, GridAnswer))
        except GridFault as fault:
            if fault.code != RefusalCode.NO_SUCH_APPLICATION:
                raise
            return self._over_by_status(kind, number, otherwise=ApplicationUnknown(number))
        if all(piece.news.kind in _GONE for piece in pieces):
            return pieces
        still_open = GridUnreachable(self.call.area, "cancellation-open", outcome_unknown=True)
        return self._over_by_status(kind, number, otherwise=still_open)

    def _over_by_status(
        self, kind: ApplicationKind, number: str, *, otherwise: Exception
    ) -> tuple[NewsWithFindings, ...]:
        """Tell that it is gone, or when the pair matched."""
        status = self._status(kind, number)
        if status is None or status.application_state not in _OVER:
            raise otherwise
        return self._of_status(status, cause=self.call.key)

    def _would_match_what_is_taken_back(self) -> bool:
        """Tell whether sending this one only to learn its fate would match it with the other, which stands."""
        applications = self.case.applications
        taken_back = any(
            application.kind is self.call.application and application.state is ApplicationState.CANCELLING
            for application in applications
        )
        return taken_back and any(
            application.kind is not self.call.application and application.state is ApplicationState.RECEIVED
            for application in applications
        )

    def _filed(self, content: object) -> GridAnswer:
        if self.call.kind is CallKind.REGISTER:
            return self._send(content, ProcessKind.REGISTER, message_id=self.call.key)
        try:
            return self._send(content, ProcessKind.AMEND, message_id=self.call.key)
        except GridFault as fault:
            if fault.code != RefusalCode.NO_SUCH_APPLICATION:
                raise
        if self._status(self.call.application, self.call.application_number) is not None:
            raise ApplicationUnknown(self.call.application_number)
        # the first filing was refused for its form, and so its number never taken note of
        return self._send(content, ProcessKind.REGISTER, message_id=f"{self.call.key}-r")

    def _send(self, content: object, process: ProcessKind, *, message_id: str) -> GridAnswer:
        interface = application_interface(self.call.application, self.call.segment)
        request = filing(
            content,
            interface=interface,
            process_kind=process,
            message_id=message_id,
            retailer_code=self._retailer(),
            application_number=self.call.application_number,
            filed_on=self.call.filed_on,
        )
        return self._ask(interface, request, GridAnswer)

    def _of_answer(self, answer: GridAnswer, content: ApplicationContent | None = None) -> tuple[NewsWithFindings, ...]:
        news = news_of_answer(
            answer,
            application=self.call.application,
            asked_date=None if content is None else content.effective_date,
            asked_meter_work=None if content is None else content.meter_work,
            cause=self.call.key,
            at=self.now(),
        )
        if news is None or news.application_number != self.call.application_number:
            raise GridUnreachable(self.call.area, "unexpected-answer", outcome_unknown=True)
        return (NewsWithFindings(news, answer.findings),)

    def _defective(self, fault: GridFault) -> NewsWithFindings:
        if fault.retryable or fault.code not in _ABOUT_THE_CONTENT:
            raise fault
        findings = tuple(
            GridFinding(
                field=finding.field[: fields.RULE_NAME.max_length] or None,
                rule=finding.rule,
                message=shortened(fields.FINDING_TEXT, finding.message),
            )
            for finding in fault.findings
        )
        news = self._news(NewsKind.DEFECTIVE, self.call.key)
        return NewsWithFindings(replace(news, defects=defect_names(findings) or (fault.code.lower(),)), findings)

    def _news(self, kind: NewsKind, cause: str) -> GridNews:
        return GridNews(
            kind=kind,
            application=self.call.application,
            application_number=self.call.application_number,
            cause=f"{cause}-{kind.value}",
            at=self.now(),
        )

    def _retailer(self) -> str:
        return self.call.filed_under or self.case.retailer_of(self.call.application)
