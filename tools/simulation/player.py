"""Playing one script: each act that is due becomes a message of the retailer who does it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from typing import Any

from rules.calendar import JapaneseCalendar, start_of
from rules.deadlines import DEADLINE_RULES, earliest_effective_date
from rules.procedure.commands import Close, CommandContent, Resume, Succeed, Suspend
from schemas.codes import ApplicationKind, Decision, ProcessKind, RejectionReason
from schemas.contract import Interface
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from tools.simulation.acts import Act
from tools.simulation.grid import Grid
from tools.simulation.hub_operator import HubOperator
from tools.simulation.kinds import APPLICATIONS, CONTENTS, referral_content
from tools.simulation.messages import Answer, Desks
from tools.simulation.scripts import Script

_CALENDAR = JapaneseCalendar()
_LATER = timedelta(days=3)
"""By how much an amendment or a grid operator puts the date off, and a wrong date is wrong."""
_HELD_UP = timedelta(days=40)
"""How long after the date a side is complete that was held up: 片側完了 until then."""
_REASON = "設備の都合により、切替ができなくなりました。"


class Player:
    """Plays one script on one customer; one thread at a time."""

    def __init__(self, script: Script, desks: Desks, grid: Grid, operator: HubOperator) -> None:
        self.script = script
        self.numbers: list[str] = []
        """Of the procedures that the hub took, the first of them first."""
        self._desks = desks
        self._grid = grid
        self._operator = operator
        self._left = list(script.planned)
        self._new, self._current = script.new_retailer, script.current_retailer
        self._version = 1
        self._wished: date | None = None
        self._filed: dict[ApplicationKind, str] = {}
        self._serial = count(1)

    @property
    def done(self) -> bool:
        """True once nothing is left to do."""
        return not self._left

    @property
    def all_numbers(self) -> set[str]:
        """Those, and the numbers of the applications it filed for them."""
        return {*self.numbers, *self._filed.values()}

    def due(self, elapsed: timedelta) -> bool:
        return bool(self._left) and self._left[0].at <= elapsed

    def play(self, elapsed: timedelta, today: date) -> None:
        """Do what is due, in its order.

        :param elapsed: business time since the year began; ``today`` is the business day.
        :raises NeverAnswered: when a message is not answered.
        """
        while self.due(elapsed):
            planned = self._left.pop(0)
            _DOING[planned.act](self, today)

    def _say(self, retailer: str, interface: Interface, **values: Any) -> Answer:
        return self._desks.say(
            script=self.script.number,
            retailer=retailer,
            segment=self.script.segment,
            interface=interface,
            message_id=self._message_id(),
            **values,
        )

    def _ask(self, retailer: str, interface: Interface, **values: Any) -> Any:
        segment, number = self.script.segment, self._message_id()
        return self._desks.ask(retailer=retailer, segment=segment, interface=interface, message_id=number, **values)

    def _message_id(self) -> str:
        return f"S{self.script.number}-{next(self._serial)}"

    def _first_wished(self, today: date) -> date:
        script = self.script
        earliest = earliest_effective_date(
            matched_on=today, meter_work=script.meter_work, rules=DEADLINE_RULES[script.segment], calendar=_CALENDAR
        )
        return earliest + timedelta(days=script.days_ahead)

    def register(self, today: date) -> None:
        self._wished = self._first_wished(today)
        self._take_case(self._registration(self._new), self._new)

    def register_beside_rival(self, today: date) -> None:
        """Have two retailers register at the same time; who is taken goes on."""
        self._wished = self._first_wished(today)
        retailers = (self.script.new_retailer, self.script.rival)
        with ThreadPoolExecutor(2) as threads:
            for retailer, answer in zip(retailers, threads.map(self._registration, retailers), strict=True):
                self._take_case(answer, retailer)

    def register_rival(self, today: date) -> None:
        """Have a third retailer register; where it is taken, it stands beside what was before."""
        answer = self._registration(self.script.rival)
        if answer.value is not None:
            self.numbers.append(answer.value.caseNumber)

    def _registration(self, retailer: str) -> Answer:
        return self._say(retailer, REFERRAL, processKind=ProcessKind.REGISTER, **self._referral())

    def _referral(self) -> dict[str, Any]:
        script = self.script
        assert self._wished is not None, "it was registered first"
        return referral_content(script.customer, self._current, self._wished, script.meter_work)

    def _take_case(self, answer: Answer, retailer: str) -> None:
        if answer.value is not None:
            self._new = retailer
            self.numbers.append(answer.value.caseNumber)

    def amend(self, today: date) -> None:
        """Amend the referral to a later date."""
        if self._wished is None or not self.numbers:
            return
        before, self._wished = self._wished, self._wished + _LATER
        answer = self._say(
            self._new, REFERRAL, processKind=ProcessKind.AMEND, caseNumber=self.numbers[0], **self._referral()
        )
        if answer.value is None:
            self._wished = before
        else:
            self._version += 1

    def withdraw(self, today: date) -> None:
        if self.numbers:
            self._say(self._new, REFERRAL, processKind=ProcessKind.WITHDRAW, caseNumber=self.numbers[0])

    def accept(self, today: date) -> None:
        """Accept the version that stands."""
        self._decide(self._version, decision=Decision.ACCEPT)

    def accept_first_version(self, today: date) -> None:
        """Accept what was registered, whatever was amended since."""
        self._decide(1, decision=Decision.ACCEPT)

    def reject(self, today: date) -> None:
        reasons = [RejectionReason.NO_SUCH_CONTRACT]
        self._decide(self._version, decision=Decision.REJECT, rejectionReasons=reasons)

    def _decide(self, version: int, **values: Any) -> None:
        if self.numbers:
            self._say(self._current, DECISION, caseNumber=self.numbers[0], version=version, **values)

    def file(self, kind: ApplicationKind, *, later: timedelta = timedelta(0)) -> None:
        """File an application of the case for its date, or one ``later`` than that."""
        if (effective := self._date_of_case(kind)) is None:
            return
        answer = self._say(
            self._who(kind),
            APPLICATIONS[kind],
            processKind=ProcessKind.REGISTER,
            caseNumber=self.numbers[0],
            **self._content(kind, effective + later),
        )
        if answer.value is not None:
            self._filed[kind] = answer.value.applicationNumber

    def correct(self, kind: ApplicationKind) -> None:
        """Send an application of the case again with its content as it should be."""
        if kind in self._filed and (effective := self._date_of_case(kind)) is not None:
            self._change(kind, ProcessKind.AMEND, **self._content(kind, effective))

    def cancel(self, kind: ApplicationKind) -> None:
        if kind in self._filed:
            self._change(kind, ProcessKind.WITHDRAW)

    def _change(self, kind: ApplicationKind, process: ProcessKind, **content: Any) -> None:
        self._say(
            self._who(kind),
            APPLICATIONS[kind],
            processKind=process,
            caseNumber=self.numbers[0],
            applicationNumber=self._filed[kind],
            **content,
        )

    def _who(self, kind: ApplicationKind) -> str:
        return self._new if kind is ApplicationKind.START else self._current

    def _content(self, kind: ApplicationKind, effective: date) -> dict[str, Any]:
        script = self.script
        about = CONTENTS[kind](script.customer, script.segment, effective, script.meter_work)
        return {"pointNumber": script.customer.point_number, **about}

    def _date_of_case(self, kind: ApplicationKind) -> date | None:
        """Read the effective date as the retailer reads it from the hub; None where there is no case."""
        if not self.numbers:
            return None
        number = self.numbers[0]
        if kind is ApplicationKind.START:
            (case,) = self._ask(self._new, REFERRAL_RESULT, caseNumber=number).cases
        else:
            (case,) = self._ask(self._current, REFERRAL_INBOX, caseNumber=number).referrals
        effective: date = case.effectiveDate
        return effective

    def apply(self, today: date) -> None:
        """File an application on its own, and what belongs beside it."""
        self._wished = self._first_wished(today)
        self._apply(self._lone, self._wished)
        if (also := self.script.plot.also) is not None:
            self._apply(also, self._wished + timedelta(days=self.script.plot.also_days))

    def apply_counterpart(self, today: date) -> None:
        """Have the current retailer apply on its own for the day of the start application that was applied for."""
        assert self._wished is not None, "it was filed first"
        self._apply(ApplicationKind.END, self._wished)

    def _apply(self, kind: ApplicationKind, effective: date) -> None:
        content = self._content(kind, effective)
        answer = self._say(self._who_alone(kind), APPLICATIONS[kind], processKind=ProcessKind.REGISTER, **content)
        if answer.value is not None:
            self._filed[kind] = answer.value.applicationNumber
            self.numbers.append(answer.value.applicationNumber)

    def amend_application(self, today: date) -> None:
        assert self._wished is not None, "it was filed first"
        self._change_alone(ProcessKind.AMEND, **self._content(self._lone, self._wished))

    def cancel_application(self, today: date) -> None:
        self._change_alone(ProcessKind.WITHDRAW)

    def _change_alone(self, process: ProcessKind, **content: Any) -> None:
        if (number := self._filed.get(self._lone)) is not None:
            applicant, interface = self._who_alone(self._lone), APPLICATIONS[self._lone]
            self._say(applicant, interface, processKind=process, applicationNumber=number, **content)

    def be_cancelled(self, *kinds: ApplicationKind) -> None:
        """Have the grid operator cancel (送配電取消) an application of these kinds, and its pair."""
        for kind in kinds or self._filed:
            if self._by_grid(kind, cancelled=_REASON):
                return

    def be_moved(self) -> None:
        """Have the grid operator put the effective date of a pair off."""
        if self._wished is not None:
            self._by_grid(ApplicationKind.START, effective_date=(self._wished + _LATER).isoformat())

    def be_held_up(self, kind: ApplicationKind) -> None:
        """Have the grid operator complete one side long after the effective date."""
        if self._wished is not None:
            self._by_grid(kind, completes_at=(start_of(self._wished) + _HELD_UP).isoformat())

    def _by_grid(self, kind: ApplicationKind, **wanted: str) -> bool:
        return kind in self._filed and self._grid.intervene(self._filed[kind], **wanted)

    def intervened(self, content: Callable[[str], CommandContent]) -> bool:
        """Have the hub operator intervene in the procedure; False where that is refused.

        :param content: what is asked of the procedure, by its number.
        """
        if not self.numbers:
            return False
        return self._operator.intervene(content(self.numbers[0]), script=self.script.number)

    def new_retailer_leaves(self) -> None:
        """Have the retailer that takes no part take the place of the new one, and go on as it."""
        if (successor := self._succeeded(self._new)) is not None:
            self._new = successor

    def current_retailer_leaves(self) -> None:
        """Have the retailer that takes no part take the place of the current one, and go on as it."""
        if (successor := self._succeeded(self._current)) is not None:
            self._current = successor

    def applicant_leaves(self) -> None:
        """Have another retailer take the place of the one that applied for what stands on its own."""
        if self._lone is ApplicationKind.END:
            self.current_retailer_leaves()
        else:
            self.new_retailer_leaves()

    def _succeeded(self, leaving: str) -> str | None:
        script = self.script
        three = (script.new_retailer, script.current_retailer, script.rival)
        successor = next(code for code in three if code not in (self._new, self._current))
        succeeded = self.intervened(lambda number: Succeed(case_number=number, leaving=leaving, successor=successor))
        return successor if succeeded else None

    @property
    def _lone(self) -> ApplicationKind:
        assert self.script.kind.application is not None, "the plot is of applications on their own"
        return self.script.kind.application

    def _who_alone(self, kind: ApplicationKind) -> str:
        return self._current if kind is ApplicationKind.END else self._new


_START, _END = ApplicationKind.START, ApplicationKind.END

_DOING: dict[Act, Callable[[Player, date], object]] = {
    Act.REGISTER: Player.register,
    Act.REGISTER_BESIDE_RIVAL: Player.register_beside_rival,
    Act.REGISTER_RIVAL: Player.register_rival,
    Act.AMEND: Player.amend,
    Act.WITHDRAW: Player.withdraw,
    Act.ACCEPT: Player.accept,
    Act.ACCEPT_FIRST_VERSION: Player.accept_first_version,
    Act.REJECT: Player.reject,
    Act.FILE_START: lambda player, today: player.file(_START),
    Act.FILE_START_WRONG: lambda player, today: player.file(_START, later=_LATER),
    Act.FILE_END: lambda player, today: player.file(_END),
    Act.FILE_END_WRONG: lambda player, today: player.file(_END, later=_LATER),
    Act.AMEND_START: lambda player, today: player.correct(_START),
    Act.AMEND_END: lambda player, today: player.correct(_END),
    Act.CANCEL_START: lambda player, today: player.cancel(_START),
    Act.CANCEL_END: lambda player, today: player.cancel(_END),
    Act.APPLY: Player.apply,
    Act.APPLY_COUNTERPART: Player.apply_counterpart,
    Act.AMEND_APPLICATION: Player.amend_application,
    Act.CANCEL_APPLICATION: Player.cancel_application,
    Act.GRID_CANCELS: lambda player, today: player.be_cancelled(),
    Act.GRID_CANCELS_END: lambda player, today: player.be_cancelled(_END),
    Act.GRID_MOVES: lambda player, today: player.be_moved(),
    Act.GRID_HOLDS_START: lambda player, today: player.be_held_up(_START),
    Act.GRID_HOLDS_END: lambda player, today: player.be_held_up(_END),
    Act.HUB_SUSPENDS: lambda player, today: player.intervened(lambda number: Suspend(case_number=number)),
    Act.HUB_RESUMES: lambda player, today: player.intervened(lambda number: Resume(case_number=number)),
    Act.HUB_SUCCEEDS_NEW: lambda player, today: player.new_retailer_leaves(),
    Act.HUB_SUCCEEDS_CURRENT: lambda player, today: player.current_retailer_leaves(),
    Act.HUB_SUCCEEDS_APPLICANT: lambda player, today: player.applicant_leaves(),
    Act.HUB_CLOSES: lambda player, today: player.intervened(lambda number: Close(case_number=number)),
}
