"""Which use case answers which interface, by the name of its operation.

Applications and the questions where they stand are answered alike whatever their kind; so the catalogue says which
interfaces those are, and only the others are named here.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from schemas.catalogue import INTERFACES
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.decision import DECISION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY
from usecases.actors import Actor
from usecases.applications import file_application
from usecases.decision import decide_referral
from usecases.facility_inquiry import inquire_facility
from usecases.hub import Hub
from usecases.participants import list_participants
from usecases.processing_status import ask_status
from usecases.processing_status_list import list_statuses
from usecases.referral import register_referral
from usecases.referral_inbox import read_referral_inbox
from usecases.referral_result import read_referral_results
from usecases.usage_inquiry import inquire_usage


class Answering(Protocol):
    """A use case that answers an interface.

    Of which class its request is, no type can say: a generic row would lose its class as it is looked up by operation.
    tests/usecases/test_registry.py holds that each takes its interface's.
    """

    def __call__(self, request: Any, *, actor: Actor, segment: Segment | None, hub: Hub) -> object:
        """Take the interface's request and give its response.

        :raises Refused: where the hub refuses.
        """
        ...


_NAMED: Mapping[Interface, Answering] = {
    FACILITY_INQUIRY: inquire_facility,
    USAGE_INQUIRY: inquire_usage,
    STATUS_LIST: list_statuses,
    REFERRAL: register_referral,
    REFERRAL_RESULT: read_referral_results,
    REFERRAL_INBOX: read_referral_inbox,
    DECISION: decide_referral,
    PARTICIPANT_LIST: list_participants,
}


def _answering(interface: Interface) -> Answering:
    if interface.applies_for is not None:
        return partial(file_application, interface=interface, kind=interface.applies_for)
    if interface.tells_status_of is not None:
        return partial(ask_status, interface=interface, kind=interface.tells_status_of)
    return _NAMED[interface]


ANSWERING: Mapping[str, Answering] = {interface.operation: _answering(interface) for interface in INTERFACES}
