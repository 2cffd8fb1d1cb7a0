"""The one table of rights: which use case is whose, in which segments, and on which side of a case.

What is not in the table is nobody's. That a case or an application is the actor's own is no right: it is checked where
it is read or locked, and a foreign one answers as one that does not exist (:mod:`rules.procedure.refusals`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rules.access.function_groups import GROUP_OF, IN_ANY_GROUP
from rules.access.roles import Role
from rules.access.standing import Capacity, Standing
from rules.access.use_cases import UseCase
from schemas.catalogue import SEGMENTS
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.ampere_change import AMPERE_CHANGE
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.details_change import CUSTOMER_DETAILS_CHANGE, PRODUCER_DETAILS_CHANGE
from schemas.interfaces.end_of_supply import END_OF_SUPPLY
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import (
    AMPERE_CHANGE_STATUS,
    CUSTOMER_DETAILS_STATUS,
    END_OF_SUPPLY_STATUS,
    END_STATUS,
    PRODUCER_DETAILS_STATUS,
    RE_ENERGISATION_STATUS,
    START_STATUS,
    STATUS_LIST,
    USAGE_INQUIRY_STATUS,
)
from schemas.interfaces.re_energisation import RE_ENERGISATION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY, USAGE_INQUIRY_APPLICATION


class Denial(Enum):
    """Why somebody may not do something, in Japanese."""

    RIGHT = "この操作の権限がありません。"
    SEGMENT = "この区分では取り扱っていません。"
    RIGHT_HERE = "この区分での権限がありません。"


class NotAllowed(Exception):
    """Somebody asks for what is not theirs to do. No message id is taken, and nothing is stored."""

    def __init__(self, use_case: UseCase, denial: Denial) -> None:
        super().__init__(f"{use_case.label}: {denial.value}")
        self.use_case = use_case
        self.denial = denial


@dataclass(frozen=True)
class Right:
    """Whose a use case is. Its segments are those of its interfaces; without interfaces it has to do with all."""

    whose: frozenset[Capacity]
    interfaces: tuple[Interface, ...] = ()
    """Those that it answers."""
    rows_of: Interface | None = None
    """Of a bulk file, the interface that its rows are messages of."""
    role: Role | None = None
    """The side that it acts from in a switching case."""
    role_alone: Role | None = None
    """The side that it acts from where a procedure of its own is concerned (単独申請)."""

    @cached_property
    def segments(self) -> frozenset[Segment | None]:
        """Give where it can be done; None stands for what all segments share."""
        interfaces = self.interfaces if self.rows_of is None else (self.rows_of,)
        if not interfaces:
            return frozenset(SEGMENTS)
        return frozenset(segment for interface in interfaces for segment in interface.segments or (None,))


_STATUSES = (
    USAGE_INQUIRY_STATUS,
    RE_ENERGISATION_STATUS,
    END_OF_SUPPLY_STATUS,
    START_STATUS,
    END_STATUS,
    CUSTOMER_DETAILS_STATUS,
    PRODUCER_DETAILS_STATUS,
    AMPERE_CHANGE_STATUS,
)
_RETAILERS = frozenset({Capacity.SYSTEM, Capacity.READING, Capacity.ACTING})
_DECIDERS = frozenset({Capacity.SYSTEM, Capacity.ACTING})
_AT_SCREENS = frozenset({Capacity.ACTING})
_OPERATORS = frozenset({Capacity.DESK, Capacity.OPERATIONS, Capacity.SECURITY, Capacity.APPROVER, Capacity.AUDITOR})
_PEOPLE = frozenset({Capacity.READING, Capacity.ACTING}) | _OPERATORS
_UPKEEP = frozenset({Capacity.OPERATIONS, Capacity.MAINTAINER})
_SEEING_UPKEEP = _OPERATORS | {Capacity.MAINTAINER}
_ADMINISTRATORS = frozenset({Capacity.ADMINISTRATOR})
_SECURITY = frozenset({Capacity.SECURITY})
_RESCUERS = _SECURITY
"""Who alone helps a retailer's administrator (terms §10.5)."""
_WATCHING = frozenset({Capacity.SECURITY, Capacity.AUDITOR})
_GRANTED = frozenset({Capacity.READING, Capacity.ACTING})
"""What a person comes as by grants alone."""


def _applying(interface: Interface, role: Role | None = None) -> Right:
    return Right(_DECIDERS, (interface,), role=role, role_alone=Role.APPLICANT)


def _in_bulk(interface: Interface) -> Right:
    return Right(_AT_SCREENS, rows_of=interface)


def _intervening(*whose: Capacity) -> Right:
    return Right(frozenset(whose), role=Role.HUB_OPERATOR, role_alone=Role.HUB_OPERATOR)


RIGHTS: Mapping[UseCase, Right] = {
    UseCase.INQUIRE_FACILITY: Right(_RETAILERS, (FACILITY_INQUIRY,)),
    UseCase.APPLY_FOR_USAGE: _applying(USAGE_INQUIRY_APPLICATION),
    UseCase.INQUIRE_USAGE: Right(_RETAILERS, (USAGE_INQUIRY,)),
    UseCase.RE_ENERGISE: _applying(RE_ENERGISATION),
    UseCase.END_SUPPLY: _applying(END_OF_SUPPLY),
    UseCase.FILE_START_APPLICATION: _applying(START_APPLICATION, Role.NEW_RETAILER),
    UseCase.FILE_END_APPLICATION: _applying(END_APPLICATION, Role.CURRENT_RETAILER),
    UseCase.CHANGE_CUSTOMER_DETAILS: _applying(CUSTOMER_DETAILS_CHANGE),
    UseCase.CHANGE_PRODUCER_DETAILS: _applying(PRODUCER_DETAILS_CHANGE),
    UseCase.CHANGE_AMPERES: _applying(AMPERE_CHANGE),
    UseCase.ASK_STATUS: Right(_RETAILERS, _STATUSES),
    UseCase.LIST_STATUSES: Right(_RETAILERS, (STATUS_LIST,)),
    UseCase.REGISTER_REFERRAL: Right(_DECIDERS, (REFERRAL,), role=Role.NEW_RETAILER),
    UseCase.READ_REFERRAL_RESULTS: Right(_RETAILERS, (REFERRAL_RESULT,)),
    UseCase.READ_REFERRAL_INBOX: Right(_RETAILERS, (REFERRAL_INBOX,)),
    UseCase.DECIDE_REFERRAL: Right(_DECIDERS, (DECISION,), role=Role.CURRENT_RETAILER),
    UseCase.LIST_PARTICIPANTS: Right(_RETAILERS, (PARTICIPANT_LIST,)),
    UseCase.ASSIGN_REFERRAL: Right(_AT_SCREENS),
    UseCase.BULK_REGISTER_REFERRALS: _in_bulk(REFERRAL),
    UseCase.BULK_FILE_START_APPLICATIONS: _in_bulk(START_APPLICATION),
    UseCase.BULK_DECIDE_REFERRALS: _in_bulk(DECISION),
    UseCase.BULK_FILE_END_APPLICATIONS: _in_bulk(END_APPLICATION),
    UseCase.CONFIRM_BULK_FILE: Right(_AT_SCREENS),
    UseCase.STEER_BULK_FILE: Right(_AT_SCREENS | {Capacity.OPERATIONS}),
    UseCase.SEE_BULK_FILES: Right(_PEOPLE),
    UseCase.SEE_CASES: Right(_PEOPLE),
    UseCase.SEE_ALL_CASES: Right(_OPERATORS),
    UseCase.SEE_VOLUMES: Right(_PEOPLE),
    UseCase.SEE_USERS: Right(_ADMINISTRATORS),
    UseCase.REGISTER_USER: Right(_ADMINISTRATORS),
    UseCase.REGISTER_USERS: Right(_ADMINISTRATORS),
    UseCase.CHANGE_USER: Right(_ADMINISTRATORS),
    UseCase.REMOVE_USER: Right(_ADMINISTRATORS),
    UseCase.UNLOCK_USER: Right(_ADMINISTRATORS | _RESCUERS),
    UseCase.ENABLE_USER: Right(_ADMINISTRATORS),
    UseCase.REISSUE_PASSWORD: Right(_ADMINISTRATORS | _RESCUERS),
    UseCase.SET_USER_RIGHTS: Right(_ADMINISTRATORS),
    UseCase.DISABLE_UNUSED_USERS: Right(_UPKEEP),
    UseCase.APPOINT_ADMINISTRATOR: Right(_RESCUERS),
    UseCase.SUSPEND: _intervening(Capacity.DESK),
    UseCase.RESUME: _intervening(Capacity.DESK),
    UseCase.SUCCEED: _intervening(Capacity.APPROVER),
    UseCase.CLOSE: _intervening(Capacity.APPROVER),
    UseCase.RECORD: _intervening(Capacity.DESK),
    UseCase.END_PARTICIPATION: _intervening(Capacity.APPROVER),
    UseCase.SEE_AREAS: Right(_SEEING_UPKEEP),
    UseCase.CHANGE_AREA: Right(_UPKEEP),
    UseCase.SEE_DEADLINE_RULES: Right(_SEEING_UPKEEP),
    UseCase.SET_DEADLINE_RULE: Right(frozenset({Capacity.APPROVER, Capacity.MAINTAINER})),
    UseCase.SEARCH_RECORDS: Right(_WATCHING | _ADMINISTRATORS),
    UseCase.PROVE_RECORDS: Right(_WATCHING | _UPKEEP),
    UseCase.SEE_MISUSE: Right(_WATCHING),
    UseCase.RECONCILE: Right(_UPKEEP),
    UseCase.REBUILD: Right(_UPKEEP),
    UseCase.SEE_DATA_KEYS: Right(_UPKEEP),
    UseCase.ENCRYPT_ANEW: Right(_UPKEEP),
    UseCase.MASK: Right(_UPKEEP),
    UseCase.WAKE: Right(_UPKEEP),
    UseCase.MOVE_CLOCK: Right(_UPKEEP),
    UseCase.SEE_CERTIFICATES: Right(_SEEING_UPKEEP),
    UseCase.REGISTER_CERTIFICATE: Right(_SECURITY),
    UseCase.REPLACE_CERTIFICATE: Right(_SECURITY),
    UseCase.CHANGE_CERTIFICATE: Right(_SECURITY),
    UseCase.REVOKE_CERTIFICATE: Right(_SECURITY),
    UseCase.STOP_CERTIFICATES: Right(_SECURITY),
    UseCase.ALLOW_CERTIFICATES: Right(_SECURITY),
    UseCase.SET_API_START: Right(frozenset({Capacity.DESK})),
    UseCase.WARN_OF_CERTIFICATES: Right(_UPKEEP),
}

USE_CASE_OF: Mapping[Interface, UseCase] = {
    interface: use_case for use_case, right in RIGHTS.items() for interface in right.interfaces
}
"""Each interface belongs to one use case."""

if _without := [use_case.label for use_case in UseCase if use_case not in RIGHTS]:
    raise LookupError(f"use cases that are nobody's: {_without}")

if _ungrouped := [
    use_case.label
    for use_case, right in RIGHTS.items()
    if right.whose & _GRANTED and use_case not in GROUP_OF and use_case not in IN_ANY_GROUP
]:
    raise LookupError(f"use cases of people that no group of functions gives: {_ungrouped}")


def denial(use_case: UseCase, *, capacity: Standing, segment: Segment | None) -> Denial | None:
    """Say why somebody may not do something; None where they may."""
    right = RIGHTS[use_case]
    if not is_allowed(use_case, capacity=capacity):
        return Denial.RIGHT
    if segment not in right.segments:
        return Denial.SEGMENT
    here = segment is None or capacity.comes_as_any(right.whose, use_case=use_case, segment=segment)
    return None if here else Denial.RIGHT_HERE


def is_allowed(use_case: UseCase, *, capacity: Standing) -> bool:
    """Tell whether somebody may do something in any segment."""
    return capacity.comes_as_any(RIGHTS[use_case].whose, use_case=use_case, segment=None)


def demand(use_case: UseCase, *, capacity: Standing, segment: Segment | None) -> None:
    """Go on only where somebody may do something.

    :raises NotAllowed: where they may not.
    """
    denied = denial(use_case, capacity=capacity, segment=segment)
    if denied is not None:
        raise NotAllowed(use_case, denied)
