"""What a retailer is told by mail (通知) of its certificates, and when it is warned of the end of one."""

from dataclasses import dataclass
from datetime import datetime

from rules.calendar import day_of
from schemas.codes import CertificatePurpose, Code

WARNED_BEFORE = (60, 30, 7)
"""Days before the end, in Japan. One that was missed is not made up for by a later one: that says all."""


class NoticeKind(Code):
    """What is told."""

    REGISTERED = "certificate_registered", "クライアント証明書の登録"
    REPLACED = "certificate_replaced", "クライアント証明書の更新"
    CHANGED = "certificate_changed", "クライアント証明書の登録内容の変更"
    REVOKED = "certificate_revoked", "クライアント証明書の失効"
    STOPPED = "certificates_stopped", "クライアント証明書の利用の停止"
    ALLOWED = "certificates_allowed", "クライアント証明書の利用の停止の解除"
    ENDS_SOON = "certificate_ends_soon", "クライアント証明書の期限の接近"


@dataclass(frozen=True, kw_only=True)
class CertificateNotice:
    """What is said of a certificate. Neither device nor holder: a mail passes through servers that nobody knows."""

    kind: NoticeKind
    serial: str | None = None
    """None where it is about all of the retailer's; so the purpose."""
    certificate_id: str | None = None
    """証明書ID, where it has one."""
    purpose: CertificatePurpose | None = None
    at: datetime
    """When it ends, or ended by being revoked."""
    successor: str | None = None
    """Serial of the one that takes its place."""


def warning_reached(ends_at: datetime, *, now: datetime) -> int | None:
    """Give the last of :data:`WARNED_BEFORE` that is reached; None where none is, or the end is past."""
    if now >= ends_at:
        return None
    left = (day_of(ends_at) - day_of(now)).days
    return min((days for days in WARNED_BEFORE if left <= days), default=None)


def warning_due(ends_at: datetime, *, warned: int | None, now: datetime) -> int | None:
    """Give the warning that is to be sent now; None where none is.

    :param warned: the last one that was sent, or that another notice made needless.
    """
    reached = warning_reached(ends_at, now=now)
    return reached if reached is not None and (warned is None or reached < warned) else None
