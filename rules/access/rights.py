"""The one table of rights: which use case is whose, in which segments, and on which side of a case.

What is not in the table is nobody's. That a case or an application is the actor's own is no right: it is checked where
it is read or locked, and a foreign one answers as one that does not exist (:mod:`rules.procedure.refusals`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rules.access.roles import Role
from rules.access.use_cases import UseCase
from schemas.catalogue import SEGMENTS
from schemas.codes import Code, Segment, UserRole
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


class Capacity(Code):
    """As what somebody comes to the hub: the kind of actor, and of a person its right."""

    SYSTEM = "system", "小売電気事業者のシステム"
    STAFF = "staff", "小売電気事業者の担当者(照会のみ)"
    DECIDER = "decider", "小売電気事業者の担当者(取次判断可)"
    OPERATOR = "operator", "広域機関の担当者"
    MAINTAINER = "maintainer", "システムの保守担当者"


CAPACITY_OF: Mapping[UserRole, Capacity] = {
    UserRole.RETAILER_STAFF: Capacity.STAFF,
    UserRole.RETAILER_DECIDER: Capacity.DECIDER,
    UserRole.HUB_OPERATOR: Capacity.OPERATOR,
}


class Denial(Enum):
    """Why somebody may not do something, in Japanese."""

    RIGHT = "この操作の権限がありません。"
    SEGMENT = "この区分では取り扱っていません。"


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
_RETAILERS = frozenset({Capacity.SYSTEM, Capacity.STAFF, Capacity.DECIDER})
_DECIDERS = frozenset({Capacity.SYSTEM, Capacity.DECIDER})
_PEOPLE = frozenset({Capacity.STAFF, Capacity.DECIDER, Capacity.OPERATOR})
_OPERATORS = frozenset({Capacity.OPERATOR})
_UPKEEP = frozenset({Capacity.OPERATOR, Capacity.MAINTAINER})
_AT_SCREENS = frozenset({Capacity.DECIDER})


def _applying(interface: Interface, role: Role | None = None) -> Right:
    return Right(_DECIDERS, (interface,), role=role, role_alone=Role.APPLICANT)


def _in_bulk(interface: Interface) -> Right:
    return Right(_AT_SCREENS, rows_of=interface)


def _intervening() -> Right:
    return Right(_OPERATORS, role=Role.HUB_OPERATOR, role_alone=Role.HUB_OPERATOR)


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
    UseCase.ASSIGN_REFERRAL: Right(frozenset({Capacity.DECIDER})),
    UseCase.BULK_REGISTER_REFERRALS: _in_bulk(REFERRAL),
    UseCase.BULK_FILE_START_APPLICATIONS: _in_bulk(START_APPLICATION),
    UseCase.BULK_DECIDE_REFERRALS: _in_bulk(DECISION),
    UseCase.BULK_FILE_END_APPLICATIONS: _in_bulk(END_APPLICATION),
    UseCase.CONFIRM_BULK_FILE: Right(_AT_SCREENS),
    UseCase.STEER_BULK_FILE: Right(_AT_SCREENS | _OPERATORS),
    UseCase.SEE_BULK_FILES: Right(_PEOPLE),
    UseCase.SEE_CASES: Right(_PEOPLE),
    UseCase.SEE_ALL_CASES: Right(_OPERATORS),
    UseCase.SEE_VOLUMES: Right(_PEOPLE),
    UseCase.SUSPEND: _intervening(),
    UseCase.RESUME: _intervening(),
    UseCase.SUCCEED: _intervening(),
    UseCase.CLOSE: _intervening(),
    UseCase.RECORD: _intervening(),
    UseCase.END_PARTICIPATION: _intervening(),
    UseCase.SEE_AREAS: Right(_UPKEEP),
    UseCase.CHANGE_AREA: Right(_UPKEEP),
    UseCase.SEE_DEADLINE_RULES: Right(_UPKEEP),
    UseCase.SET_DEADLINE_RULE: Right(_UPKEEP),
    UseCase.RECONCILE: Right(_UPKEEP),
    UseCase.REBUILD: Right(_UPKEEP),
    UseCase.SEE_DATA_KEYS: Right(_UPKEEP),
    UseCase.ENCRYPT_ANEW: Right(_UPKEEP),
    UseCase.MASK: Right(_UPKEEP),
    UseCase.WAKE: Right(_UPKEEP),
    UseCase.MOVE_CLOCK: Right(_UPKEEP),
}

USE_CASE_OF: Mapping[Interface, UseCase] = {
    interface: use_case for use_case, right in RIGHTS.items() for interface in right.interfaces
}
"""Each interface belongs to one use case."""

if _without := [use_case.label for use_case in UseCase if use_case not in RIGHTS]:
    raise LookupError(f"use cases that are nobody's: {_without}")


def denial(use_case: UseCase, *, capacity: Capacity, segment: Segment | None) -> Denial | None:
    """Say why somebody may not do something; None where they may."""
    right = RIGHTS[use_case]
    if capacity not in right.whose:
        return Denial.RIGHT
    return None if segment in right.segments else Denial.SEGMENT


def is_allowed(use_case: UseCase, *, capacity: Capacity) -> bool:
    """Tell whether somebody may do something in any segment."""
    return capacity in RIGHTS[use_case].whose


def demand(use_case: UseCase, *, capacity: Capacity, segment: Segment | None) -> None:
    """Go on only where somebody may do something.

    :raises NotAllowed: where they may not.
    """
    denied = denial(use_case, capacity=capacity, segment=segment)
    if denied is not None:
        raise NotAllowed(use_case, denied)
