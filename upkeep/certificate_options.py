"""How a client certificate is named at the command line: by its file, or by what an application (利用申請) says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path

import click
from cryptography import x509

from runtime.addresses import canonical
from runtime.client_certificates import canonical_issuer, canonical_serial, describe_certificate
from upkeep.reading import moment, text
from usecases.certificates.requests import CertificateFacts, WantedCertificate

_Command = Callable[..., int]


def _serial(word: str) -> str:
    try:
        return canonical_serial(word)
    except ValueError:
        raise click.BadParameter(f"シリアル番号を16進数で指定してください: {word}") from None


def _issuer(word: str) -> str:
    try:
        return canonical_issuer(word)
    except ValueError:
        raise click.BadParameter(f"発行者を「CN=…,O=…」（RFC 4514）の形で指定してください: {word}") from None


def _address(word: str) -> str:
    try:
        return canonical(word)
    except ValueError:
        raise click.BadParameter(f"IPアドレスかネットワーク（203.0.113.0/24）を指定してください: {word}") from None


SOURCES = click.option(
    "--source", "sources", type=_address, multiple=True, metavar="アドレス", help="接続元。複数は繰り返す"
)
CERTIFICATE_ID = click.option("--id", "certificate_id", type=text("証明書ID"), metavar="ID", help="証明書ID")
ISSUER = click.option(
    "--issuer", type=_issuer, metavar="発行者", help="同じシリアル番号の証明書が複数の認証局にあるとき"
)


def naming_one(command: _Command) -> _Command:
    """Add what names a certificate that is registered, and hand it on as ``wanted``."""

    @wraps(command)
    def taking(*args: object, serial: str, issuer: str | None, **others: object) -> int:
        return command(*args, wanted=WantedCertificate(serial=serial, issuer=issuer), **others)

    return click.argument("serial", type=_serial, metavar="シリアル番号", help="16進数")(ISSUER(taking))


def naming_a_new_one(command: _Command) -> _Command:
    """Add what is to be registered of a certificate, and hand it on as ``facts``.

    :raises click.UsageError: from the command, where neither its file nor all that an application says of it is given.
    """

    @wraps(command)
    def taking(
        *args: object,
        file: Path | None,
        new_issuer: str | None,
        new_serial: str | None,
        new_expires: datetime | None,
        sources: tuple[str, ...],
        certificate_id: str | None,
        device: str,
        holder: str,
        **others: object,
    ) -> int:
        facts = replace(
            _named(file, new_issuer, new_serial, new_expires),
            certificate_id=certificate_id,
            source_addresses=sources,
            device=device,
            holder=holder,
        )
        return command(*args, facts=facts, **others)

    for option in _OF_A_NEW_ONE:
        taking = option(taking)
    return taking


_OF_A_NEW_ONE = (
    click.option("--holder", type=text("管理者"), required=True, metavar="名前", help="証明書を管理する部署・受託者"),
    click.option("--device", type=text("装置"), required=True, metavar="装置", help="使用する装置（§10.4）"),
    SOURCES,
    CERTIFICATE_ID,
    click.option("--new-expires", type=moment, metavar="YYYY-MM-DDTHH:MM", help="ファイルがないとき: 有効期限"),
    click.option("--new-serial", type=_serial, metavar="シリアル番号", help="ファイルがないとき: 16進数"),
    click.option("--new-issuer", type=_issuer, metavar="発行者", help="ファイルがないとき: CN=…,O=…"),
    click.option(
        "--file", type=click.Path(path_type=Path), metavar="ファイル", help="登録する証明書（PEM）。鍵は要らない"
    ),
)
"""The last one stands first in the help."""


def _named(file: Path | None, issuer: str | None, serial: str | None, expires_at: datetime | None) -> CertificateFacts:
    if file is None:
        if issuer is None or serial is None or expires_at is None:
            raise click.UsageError("--file か、--new-issuer・--new-serial・--new-expires のすべてを指定してください。")
        return CertificateFacts(issuer=issuer, serial=serial, expires_at=expires_at)
    try:
        described = describe_certificate(x509.load_pem_x509_certificate(file.read_bytes()))
    except (OSError, ValueError):
        raise click.UsageError(f"証明書（PEM）として読み取れません: {file}") from None
    return CertificateFacts(
        issuer=described.issuer,
        serial=described.serial,
        expires_at=described.expires_at,
        fingerprint=described.fingerprint,
    )
