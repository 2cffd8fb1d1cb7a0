"""A retailer's way to the switching support system (スイッチング支援システム): SOAP over mutual TLS, safely repeated.

::

    hub = Hub(Connection(url="https://hub.example", certificate=Path("ours.pem"), authority=Path("authority.pem")))
    answer = hub.call("12110", processKind="register", pointNumber="0310000000000000000123", …)

It knows the hub by its WSDLs alone, so that it needs no new version when the hub gets new interfaces.
"""

from switching_hub_client.connection import Connection
from switching_hub_client.faults import Finding, Refused
from switching_hub_client.hub import Hub, OutcomeOpen
from switching_hub_client.message_ids import new_message_id
from switching_hub_client.operations import NotSent, UnknownInterface

__all__ = ["Connection", "Finding", "Hub", "NotSent", "OutcomeOpen", "Refused", "UnknownInterface", "new_message_id"]
