"""What makes two messages the same one: the retailer, its message id, and the content."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field

from models.messages.content import dump_request
from schemas.contract import values_of


@dataclass(frozen=True)
class IncomingMessage:
    """A retailer's message, read and found well-formed, on its way to be stored."""

    retailer_code: str
    message_id: str
    interface_number: str
    values: object = field(repr=False)
    """The typed request."""
    digest: str
    user_id: str | None = None
    """Of the person who sent it at a screen; None for what a retailer's system sent. No part of the identity."""
    source_address: str = ""
    """Where it came from, for the record of changes. No part of the identity either."""


def incoming(
    *,
    retailer_code: str,
    interface_number: str,
    request: object,
    key: bytes,
    user_id: str | None = None,
    source_address: str = "",
) -> IncomingMessage:
    """Give a message its identity.

    The digest is an HMAC over interface and values, not over the XML: the same content written
    otherwise is the same message. What was not given does not count, so that a field added to the
    contract later leaves old digests as they are.
    """
    content = json.dumps(
        [interface_number, dump_request(request)], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return IncomingMessage(
        retailer_code=retailer_code,
        message_id=str(values_of(request)["message_id"]),
        interface_number=interface_number,
        values=request,
        digest=hmac.new(key, content.encode(), hashlib.sha256).hexdigest(),
        user_id=user_id,
        source_address=source_address,
    )
