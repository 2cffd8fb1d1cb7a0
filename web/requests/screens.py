"""The screens of requests: for each interface of :mod:`web.shared.requests` one for each segment and 処理区分."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, url_for

from rules.access.rights import USE_CASE_OF
from rules.access.use_cases import UseCase
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface
from usecases.registry import ANSWERING, Answering
from web.shared.access import current_viewer, may_do
from web.shared.requests import INTERFACES


@dataclass(frozen=True)
class RequestScreen:
    """One 処理区分 of an interface, in one of its segments."""

    interface: Interface
    segment: Segment
    process: ProcessKind

    @property
    def title(self) -> str:
        """Name it so that it is not taken for another step, or for the same in another segment."""
        return f"{self.interface.label}：{self.process.label}（{self.segment.label}）"

    @property
    def what(self) -> str:
        """Name what is registered, corrected or taken back: of スイッチング廃止取次登録 the スイッチング廃止取次."""
        return self.interface.label.removesuffix(ProcessKind.REGISTER.label)

    @property
    def number(self) -> str:
        """Give the interface's number with the letter of the segment."""
        return self.interface.number_in(self.segment)

    @property
    def is_about_something(self) -> bool:
        """True where it corrects or takes back what was sent before."""
        return self.process is not ProcessKind.REGISTER

    def address(self, *, subject: str | None = None, page: str = "show") -> str:
        """Give where a page of it is.

        :param subject: number of the case or application that it is about.
        """
        number, segment, process = self.interface.number, self.segment.value, self.process.value
        return url_for(f"requests.{page}", number=number, segment=segment, process=process, subject=subject)

    @property
    def index_address(self) -> str:
        """Give where it stands among the others of its segment."""
        return f"{url_for('requests.index')}#{self.segment.value}"

    @property
    def use_case(self) -> UseCase:
        """Give what whoever sends it does."""
        return USE_CASE_OF[self.interface]

    @property
    def answering(self) -> Answering:
        """Give what carries it out."""
        return ANSWERING[self.interface.operation]


def screens_of(interface: Interface, segment: Segment) -> Iterator[RequestScreen]:
    """Give the screens of an interface in a segment, in the order in which they are come to."""
    return (RequestScreen(interface, segment, process) for process in ProcessKind)


def request_screen(number: str, segment: str, process: str) -> RequestScreen | None:
    """Find a screen by the arguments of its address."""
    screens = (
        screen
        for interface in INTERFACES
        for within in Segment
        if within in interface.segments
        for screen in screens_of(interface, within)
    )
    wanted = (number, segment, process)
    return next(
        (each for each in screens if (each.interface.number, each.segment.value, each.process.value) == wanted), None
    )


def screen_or_error(number: str, segment: str, process: str) -> RequestScreen:
    """Answer 404 where there is no such screen, 403 to who may not send what it sends."""
    screen = request_screen(number, segment, process)
    if screen is None:
        abort(404)
    if not may_do(current_viewer(), screen.use_case):
        abort(403)
    return screen
