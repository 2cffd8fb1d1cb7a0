"""A process without memory says that it may be tried again: that is no fault of the message."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from schemas.codes import Flag
from schemas.contract import Interface
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from tests.soap_support.calls import ask
from tests.soap_support.envelopes import request_bytes
from tests.soap_support.toy import TOY, toy_application, toy_wsdl

SOUND = request_bytes("echo", {"messageId": "M-1", "text": "東京都"}, namespace=TOY.namespace)

IN_LITTLE_MEMORY = """
import resource
import sys
from pathlib import Path
from soap.wsgi import soap_wsgi
from tests.soap.test_exhaustion import SOUND
from tests.soap_support.calls import ask
from tests.soap_support.envelopes import envelope
from tests.soap_support.toy import TOY, echo, toy_wsdl

hot = TOY.interfaces if sys.argv[1] == "past" else ()
application = soap_wsgi(TOY, wsdl=toy_wsdl(), handle=echo, hot=hot)
inside = "<h:rows>&lt;</h:rows>" * 9_000 + "&lt;" * 150_000
large = envelope(f"<h:echo xmlns:h='{TOY.namespace}'>{inside}</h:echo>")
for body in (SOUND, large):
    print(ask(application, body, wsdl=toy_wsdl()).code)
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 12 * 1024 * 1024, -1))
for spare in range(0, 88, 8):  # so that memory runs out in one place and another
    held = [bytes(64 * 1024 * spare)] if spare else []
    try:
        while True:
            held.append(bytearray(64 * 1024))
    except MemoryError:
        pass
    if spare:
        del held[0]
    answer = ask(application, large, wsdl=toy_wsdl())
    del held
    print(answer.code, answer.fault_code)
print(ask(application, SOUND, wsdl=toy_wsdl()).code)
"""


def test_who_meets_a_process_without_memory_may_send_the_same_message_again() -> None:
    def run_out(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        raise ValueError from MemoryError()

    answer = ask(toy_application(run_out), SOUND, wsdl=toy_wsdl())

    assert (answer.code, answer.fault_code) == ("HUB-R007", "Server")
    assert answer.fault is not None
    assert (answer.fault.message_id, answer.fault.retryable) == ("M-1", Flag.YES)
    assert answer.headers["retry-after"] == str(REFUSAL_WORDS[RefusalCode.EXHAUSTED].retry_after)


@pytest.mark.parametrize("way", ["past", "through"])
def test_no_memory_for_reading_a_message_is_not_said_to_be_its_fault_and_passes(way: str) -> None:
    """A way of a message is past spyne or through it."""
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, way]
    process = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    sound, large, *told, sound_again = process.stdout.splitlines() or [process.stderr]
    assert (sound, large, sound_again) == ("None", "HUB-F001", "None"), process.stderr
    assert "HUB-R007 Server" in told
    assert set(told) <= {"HUB-R007 Server", "HUB-F001 Client"}, told
