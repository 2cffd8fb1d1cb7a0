"""Whose machine a browser runs on, by its client certificate (terms §10.2): asked of every request, as of systems."""

from datetime import UTC, datetime

import structlog
from flask import Flask, g, render_template, request

from models.database import Database
from rules.certificates.registered import RegisteredCertificate
from runtime.serving import PEER_CERTIFICATE
from runtime.settings.processes import WebSettings
from schemas.codes import CertificatePurpose
from schemas.findings import Refusal
from usecases.certificates.admission import admit

OPEN_TO_ALL = frozenset({"static", "front.healthz"})
"""What needs no certificate: what the refusal's own page is made of, and whether the hub works."""


def set_up_certificates(app: Flask, *, settings: WebSettings, database: Database) -> None:
    """Let nobody see a page without a certificate of people's. Goes before the login, which asks whose it is."""
    if not settings.asks_for_certificates:
        return

    @app.before_request
    def ask_for_certificate() -> tuple[str, int] | None:
        if request.endpoint in OPEN_TO_ALL:
            return None
        holder = admit(
            request.environ.get(PEER_CERTIFICATE),
            purpose=CertificatePurpose.SCREENS,
            source_address=request.remote_addr or "",
            now=datetime.now(UTC),
            database=database,
        )
        if isinstance(holder, Refusal):
            return _refused(holder)
        g.certificate_holder = holder
        return None


def comes_from_own_machine(retailer_code: str | None) -> bool:
    """Tell whether the certificate is of somebody's own company; true where none is asked for.

    :param retailer_code: the company's; None for the hub operator.
    """
    holder: RegisteredCertificate | None = g.get("certificate_holder")
    return holder is None or holder.retailer_code == retailer_code


def _refused(refusal: Refusal) -> tuple[str, int]:
    """Say why in words and with the code, and nothing of who is logged in there."""
    g.viewer = None
    structlog.contextvars.bind_contextvars(outcome=refusal.code.value, source_address=request.remote_addr or "")
    return render_template("certificate.html", refusal=refusal), 403
