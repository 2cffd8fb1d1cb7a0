"""Messages of retailers' systems, each with an id of its own."""

from itertools import count

from models.messages.identity import IncomingMessage, incoming

KEY = b"a key for tests"

_message_ids = (f"T-{number:06d}" for number in count(1))


def new_message_id() -> str:
    """Give an id that no message of these tests had before."""
    return next(_message_ids)


def identified(request: object, *, retailer: str, interface: str) -> IncomingMessage:
    return incoming(retailer_code=retailer, interface_number=interface, request=request, key=KEY)
