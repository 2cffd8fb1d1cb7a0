"""The hub operator registers, replaces, changes and revokes client certificates (terms §6.1, 10.3, 10.4).

Each is one transaction: what is registered, the line of the record, and the mail to the retailer.
"""

from models.certificates import operations
from models.certificates.operations import NoSuchCertificate
from models.certificates.queries import ListedCertificate, certificates_of_serial
from models.clock import real_now
from models.database import Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.certificates.notices import NoticeKind, warning_reached
from rules.wording import plain_moment
from schemas.codes import CertificatePurpose
from usecases.actors import Person
from usecases.certificates.requests import (
    ChangeCertificateRequest,
    RegisterCertificateRequest,
    ReplaceCertificateRequest,
    RevokeCertificateRequest,
    WantedCertificate,
)
from usecases.certificates.telling import tell_retailer
from usecases.hub import Hub


class CannotRegister(Exception):
    """What was asked for cannot be; the text says why, and what to do."""


class SeveralCertificates(Exception):
    """Several authorities have issued a certificate of the serial; the text lists them."""


def register_certificate(request: RegisterCertificateRequest, *, actor: Person, hub: Hub) -> ListedCertificate:
    """Register a certificate, once.

    :raises CannotRegister: where it is registered already, is over, or lacks what its purpose needs.
    :raises CertificateTaken: where it is another retailer's; NoSuchRetailer: where there is no such retailer.
    :raises ValueError: where a source address is none.
    """
    demand(UseCase.REGISTER_CERTIFICATE, capacity=actor.capacity, segment=None)

    def register(session: Session) -> ListedCertificate:
        return _register(session, request, use_case=UseCase.REGISTER_CERTIFICATE, actor=actor)

    return hub.database.run(register)


def replace_certificate(request: ReplaceCertificateRequest, *, actor: Person, hub: Hub) -> ListedCertificate:
    """Register a certificate in the place of another one, and give that: for a time both may be used.

    :raises NoSuchCertificate: where the old one is not registered.
    :raises SeveralCertificates: where its issuer has to be told.
    :raises CannotRegister: as :func:`register_certificate`, and where the old one has ended or was replaced before.
    """
    demand(UseCase.REPLACE_CERTIFICATE, capacity=actor.capacity, segment=None)

    def replace(session: Session) -> ListedCertificate:
        old = _wanted(session, request.old)
        now = real_now(session)
        if old.revoked_at is not None or old.ends_at <= now or old.replaced_until is not None:
            raise CannotRegister("失効・期限切れ・更新済みの証明書は更新できません。新しい証明書を登録してください。")
        anew = RegisterCertificateRequest(
            retailer_code=old.retailer_code, purpose=old.purpose, facts=request.new, reason=request.reason
        )
        _register(session, anew, use_case=UseCase.REPLACE_CERTIFICATE, actor=actor, tell=False)
        until = min(now + request.beside, old.expires_at)
        operations.note_successor(
            session,
            issuer=old.issuer,
            serial=old.serial,
            successor=(request.new.issuer, request.new.serial),
            until=until,
            warned_days=warning_reached(until, now=now),
        )
        replaced = _again(session, old)
        _put_on_record(
            session,
            replaced,
            UseCase.REPLACE_CERTIFICATE,
            actor=actor,
            reason=request.reason,
            details=f"更新後の証明書のシリアル番号 {request.new.serial}、{plain_moment(until)} まで併用",
        )
        tell_retailer(session, replaced, NoticeKind.REPLACED, at=until)
        return replaced

    return hub.database.run(replace)


def change_certificate(request: ChangeCertificateRequest, *, actor: Person, hub: Hub) -> ListedCertificate:
    """Change what is registered of a certificate, from the next request on.

    :raises NoSuchCertificate: where it is not registered; SeveralCertificates: where its issuer has to be told.
    :raises CannotRegister: where it would lack what its purpose needs; ValueError: where a source address is none.
    """
    demand(UseCase.CHANGE_CERTIFICATE, capacity=actor.capacity, segment=None)

    def change(session: Session) -> ListedCertificate:
        found = _wanted(session, request.wanted)
        operations.change_certificate(
            session,
            issuer=found.issuer,
            serial=found.serial,
            certificate_id=request.certificate_id,
            source_addresses=request.source_addresses,
            device=request.device,
            holder=request.holder,
        )
        changed = _again(session, found)
        _require_whole(changed.purpose, changed.certificate_id, changed.source_addresses)
        _put_on_record(
            session,
            changed,
            UseCase.CHANGE_CERTIFICATE,
            actor=actor,
            reason=request.reason,
            details=_facts_in_words(changed),
        )
        tell_retailer(session, changed, NoticeKind.CHANGED, at=changed.ends_at)
        return changed

    return hub.database.run(change)


def revoke_certificate(request: RevokeCertificateRequest, *, actor: Person, hub: Hub) -> ListedCertificate:
    """Revoke a certificate: it lets nobody in from the next request on. One that is revoked already stays as it is.

    :raises NoSuchCertificate: where it is not registered; SeveralCertificates: where its issuer has to be told.
    """
    demand(UseCase.REVOKE_CERTIFICATE, capacity=actor.capacity, segment=None)

    def revoke(session: Session) -> ListedCertificate:
        found = _wanted(session, request.wanted)
        if found.revoked_at is not None:
            return found
        now = real_now(session)
        operations.revoke_certificate(session, issuer=found.issuer, serial=found.serial, at=now)
        revoked = _again(session, found)
        _put_on_record(
            session, revoked, UseCase.REVOKE_CERTIFICATE, actor=actor, reason=request.reason, details=plain_moment(now)
        )
        tell_retailer(session, revoked, NoticeKind.REVOKED, at=now)
        return revoked

    return hub.database.run(revoke)


def _register(
    session: Session, request: RegisterCertificateRequest, *, use_case: UseCase, actor: Person, tell: bool = True
) -> ListedCertificate:
    facts = request.facts
    if request.retailer_code is None:
        if request.purpose is CertificatePurpose.API:
            raise CannotRegister("広域機関の証明書は、画面用（screens）だけです。")
    else:
        operations.lock_retailer(session, code=request.retailer_code)
    _require_whole(request.purpose, facts.certificate_id, facts.source_addresses)
    now = real_now(session)
    if facts.expires_at <= now:
        raise CannotRegister(f"この証明書は期限切れです（{plain_moment(facts.expires_at)}）。")
    there = [one for one in certificates_of_serial(session, serial=facts.serial) if one.issuer == facts.issuer]
    if any(one.retailer_code == request.retailer_code for one in there):
        raise CannotRegister(
            "この証明書は登録済みです。登録内容は change で変更します。失効した証明書は元に戻せません。"
        )
    operations.register_certificate(
        session,
        issuer=facts.issuer,
        serial=facts.serial,
        retailer_code=request.retailer_code,
        expires_at=facts.expires_at,
        purpose=request.purpose,
        fingerprint=facts.fingerprint,
        certificate_id=facts.certificate_id,
        source_addresses=facts.source_addresses,
        device=facts.device,
        holder=facts.holder,
        warned_days=warning_reached(facts.expires_at, now=now),
    )
    registered = _wanted(session, WantedCertificate(serial=facts.serial, issuer=facts.issuer))
    _put_on_record(
        session, registered, use_case, actor=actor, reason=request.reason, details=_facts_in_words(registered)
    )
    if tell:
        tell_retailer(session, registered, NoticeKind.REGISTERED, at=registered.ends_at)
    return registered


def _require_whole(purpose: CertificatePurpose, certificate_id: str | None, source_addresses: tuple[str, ...]) -> None:
    if purpose is CertificatePurpose.API and not (certificate_id and source_addresses):
        raise CannotRegister("API連携用の証明書には、証明書IDと接続元IPアドレスが必要です（利用規約6.1）。")


def _wanted(session: Session, wanted: WantedCertificate) -> ListedCertificate:
    found = certificates_of_serial(session, serial=wanted.serial, for_change=True)
    matching = [one for one in found if wanted.issuer in (None, one.issuer)]
    if not matching:
        raise NoSuchCertificate(wanted.serial)
    if len(matching) > 1:
        raise SeveralCertificates("、".join(one.issuer for one in matching))
    return matching[0]


def _again(session: Session, certificate: ListedCertificate) -> ListedCertificate:
    return _wanted(session, WantedCertificate(serial=certificate.serial, issuer=certificate.issuer))


def _put_on_record(
    session: Session, certificate: ListedCertificate, use_case: UseCase, *, actor: Person, reason: str, details: str
) -> None:
    operations.note_change(
        session,
        issuer=certificate.issuer,
        serial=certificate.serial,
        retailer_code=certificate.retailer_code,
        use_case=use_case,
        by_user=actor.user_id,
        source_address=actor.source_address,
        reason=reason,
        details=details,
    )


def _facts_in_words(certificate: ListedCertificate) -> str:
    parts = [
        f"用途 {certificate.purpose.label}",
        f"期限 {plain_moment(certificate.expires_at)}",
        f"証明書ID {certificate.certificate_id}" if certificate.certificate_id else "",
        f"接続元 {' '.join(certificate.source_addresses)}" if certificate.source_addresses else "",
        f"装置 {certificate.device}",
        f"管理者 {certificate.holder}",
    ]
    return "、".join(part for part in parts if part)
