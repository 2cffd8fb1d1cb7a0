"""What is done by the calendar for client certificates."""

from collections.abc import Callable
from typing import Any

from temporalio import activity

from runtime.logs import logger
from temporal.schedules import WARN_OF_CERTIFICATES
from usecases.actors import Maintainer
from usecases.certificates.warnings import warn_of_certificates
from usecases.hub import Hub

_log = logger(__name__)


class CertificateWork:
    """Warns of certificates that end."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def activities(self) -> list[Callable[..., Any]]:
        """List the activities."""
        return [self.warn]

    @activity.defn(name=WARN_OF_CERTIFICATES.name, no_thread_cancel_exception=True)
    def warn(self) -> str:
        """Have retailers warned of certificates that end, and say of how many."""
        warned = warn_of_certificates(actor=Maintainer(), hub=self._hub)
        if warned.own:
            _log.error("own-certificates-end-soon", serials=warned.own)
        own = f"、広域機関の証明書の更新が必要: {'、'.join(warned.own)}" if warned.own else ""
        return f"期限の予告メール {warned.told} 件{own}"
