"""What holds for all certificates of a retailer: from which day its systems come in, and that nobody does any more."""

from datetime import datetime

from models.certificates.operations import note_change, note_notice
from models.clock import real_now
from models.database import Session
from models.participants import operations as participants
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.certificates.notices import CertificateNotice, NoticeKind
from rules.wording import plain_day, plain_moment
from usecases.actors import Person
from usecases.certificates.requests import AllCertificatesRequest, ApiStartRequest
from usecases.hub import Hub


def stop_certificates(request: AllCertificatesRequest, *, actor: Person, hub: Hub) -> None:
    """Have nobody come in with any of a retailer's certificates, from the next request on (terms §10.4).

    :raises NoSuchRetailer: where there is none.
    """
    demand(UseCase.STOP_CERTIFICATES, capacity=actor.capacity, segment=None)

    def stop(session: Session) -> None:
        now = real_now(session)
        participants.stop_certificates(session, code=request.retailer_code, at=now)
        _put_on_record(session, request, UseCase.STOP_CERTIFICATES, actor=actor, details=plain_moment(now))
        _tell(session, request, NoticeKind.STOPPED, at=now)

    hub.database.run(stop)


def allow_certificates(request: AllCertificatesRequest, *, actor: Person, hub: Hub) -> None:
    """Let a retailer's certificates in again, as each of them stands.

    :raises NoSuchRetailer: where there is none.
    """
    demand(UseCase.ALLOW_CERTIFICATES, capacity=actor.capacity, segment=None)

    def allow(session: Session) -> None:
        now = real_now(session)
        participants.stop_certificates(session, code=request.retailer_code, at=None)
        _put_on_record(session, request, UseCase.ALLOW_CERTIFICATES, actor=actor, details=plain_moment(now))
        _tell(session, request, NoticeKind.ALLOWED, at=now)

    hub.database.run(allow)


def set_api_start(request: ApiStartRequest, *, actor: Person, hub: Hub) -> None:
    """Set the day from which a retailer's systems come in (API利用開始日), by business time.

    :raises NoSuchRetailer: where there is none; DayOutOfReach: where nothing can be reckoned from the day.
    """
    demand(UseCase.SET_API_START, capacity=actor.capacity, segment=None)

    def set_it(session: Session) -> None:
        participants.set_api_start(session, code=request.retailer_code, day=request.day)
        _put_on_record(session, request, UseCase.SET_API_START, actor=actor, details=plain_day(request.day))

    hub.database.run(set_it)


def _put_on_record(
    session: Session,
    request: AllCertificatesRequest | ApiStartRequest,
    use_case: UseCase,
    *,
    actor: Person,
    details: str,
) -> None:
    note_change(
        session,
        retailer_code=request.retailer_code,
        use_case=use_case,
        by_user=actor.user_id,
        source_address=actor.source_address,
        reason=request.reason,
        details=details,
    )


def _tell(session: Session, request: AllCertificatesRequest, kind: NoticeKind, *, at: datetime) -> None:
    note_notice(session, CertificateNotice(kind=kind, at=at), retailer_code=request.retailer_code)
