"""The attacks, by what they are aimed at."""

from tools.siege.attacks import bodies, connections, handshakes, headers, inquiries, messages, readers

ATTACKS = (
    *connections.ATTACKS,
    *handshakes.ATTACKS,
    *headers.ATTACKS,
    *bodies.ATTACKS,
    *readers.ATTACKS,
    *messages.ATTACKS,
    *inquiries.ATTACKS,
)
