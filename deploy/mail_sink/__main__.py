"""The sink's process: ``python -m deploy.mail_sink FOLDER``. Takes mail by SMTP, shows it by HTTP, sends none on."""

import logging
import os
import signal
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.mail_sink.box import MailBox
from deploy.mail_sink.pages import pages
from deploy.stack.ports import HOST, Ports
from runtime.logs import logger, set_up_logs

_log = logger(__name__)


class Keeper:
    """Takes every mail. aiosmtpd calls it by these names."""

    def __init__(self, box: MailBox) -> None:
        self._box = box

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail, and only then say that it was taken."""
        assert isinstance(envelope.content, bytes), "the controller decodes nothing"
        self._box.keep(envelope.content)
        _log.info("mail-kept")
        return "250 OK"


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: who looks at a mail is no news."""


def main(folder: Path, ports: Ports) -> None:
    """Take mail until it is told to stop."""
    set_up_logs("mail_sink")
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    box = MailBox(folder)
    controller = Controller(Keeper(box), hostname=HOST, port=ports.smtp)
    controller.start()
    with make_server(HOST, ports.mail_page, pages(box), handler_class=_Quiet) as server:
        threading.Thread(target=server.serve_forever, name="pages", daemon=True).start()
        _log.info("mail-sink-started")
        stop.wait()
        server.shutdown()
    controller.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Ports.from_environment(os.environ))
