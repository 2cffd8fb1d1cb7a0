"""Certificates are registered, replaced, changed and revoked: bound for good, on record, and told by mail."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.certificates.operations import CertificateTaken, NoSuchCertificate
from models.certificates.queries import find_certificate
from models.mail.queries import claim_mails
from models.participants.operations import NoSuchRetailer
from rules.access.standing import EVERY_HUB_ROLE
from rules.access.use_cases import UseCase
from rules.certificates.notices import CertificateNotice, NoticeKind
from schemas.codes import CertificatePurpose
from tests.support.cast import CURRENT, HUB_PERSON, NEW
from tests.support.database_contents import rows
from usecases.actors import HubOperator, Maintainer
from usecases.certificates.of_retailers import allow_certificates, set_api_start, stop_certificates
from usecases.certificates.registry import (
    CannotRegister,
    SeveralCertificates,
    change_certificate,
    register_certificate,
    replace_certificate,
    revoke_certificate,
)
from usecases.certificates.requests import (
    AllCertificatesRequest,
    ApiStartRequest,
    CertificateFacts,
    ChangeCertificateRequest,
    RegisterCertificateRequest,
    ReplaceCertificateRequest,
    RevokeCertificateRequest,
    WantedCertificate,
)
from usecases.certificates.seeing import see_certificate, see_certificates
from usecases.certificates.warnings import warn_of_certificates
from usecases.hub import Hub

BY = HubOperator(HUB_PERSON, capacity=EVERY_HUB_ROLE)
ISSUER, OTHER_ISSUER = "CN=Authority of the Field", "CN=Another Authority of the Field"
YEAR = datetime.now(UTC).replace(microsecond=0) + timedelta(days=365)
OLD, NEXT = WantedCertificate(serial="a1"), WantedCertificate(serial="b2")
ISSUED = CertificateFacts(
    issuer=ISSUER,
    serial="a1",
    expires_at=YEAR,
    certificate_id="JN-0001",
    source_addresses=("203.0.113.0/24",),
    device="連携サーバー1号機",
    holder="システム部",
)


def register(
    hub: Hub,
    facts: CertificateFacts = ISSUED,
    *,
    retailer: str | None = NEW,
    purpose: CertificatePurpose = CertificatePurpose.API,
) -> None:
    request = RegisterCertificateRequest(retailer_code=retailer, purpose=purpose, facts=facts, reason="新規の申請")
    register_certificate(request, actor=BY, hub=hub)


def replace_old(hub: Hub, *, beside: timedelta = timedelta(days=14), **changes: object) -> None:
    new = replace(ISSUED, serial="b2", expires_at=YEAR + timedelta(days=365), **changes)  # type: ignore[arg-type]
    replace_certificate(
        ReplaceCertificateRequest(old=OLD, new=new, beside=beside, reason="期限前の更新"), actor=BY, hub=hub
    )


def revoke(hub: Hub, wanted: WantedCertificate = OLD) -> None:
    revoke_certificate(RevokeCertificateRequest(wanted=wanted, reason="端末の紛失"), actor=BY, hub=hub)


def warn(hub: Hub) -> int:
    return warn_of_certificates(actor=Maintainer(), hub=hub).told


def notices(hub: Hub) -> Iterator[CertificateNotice]:
    """Give the mails that wait, in the order in which they were noted."""
    with hub.database.transaction() as session:
        for intent in claim_mails(session, at_most=100).readable:
            assert isinstance(intent.about, CertificateNotice)
            yield intent.about


def kinds(hub: Hub) -> list[NoticeKind]:
    return [notice.kind for notice in notices(hub)]


def age(hub: Hub, by: timedelta) -> None:
    """Bring the ends of all certificates nearer, as time would."""
    rows(
        hub.database,
        "UPDATE client_certificates SET expires_at = expires_at - :by, replaced_until = replaced_until - :by "
        "RETURNING serial",
        by=by,
    )


def use_cases_on_record(hub: Hub, wanted: WantedCertificate = OLD) -> list[tuple[UseCase, str, str]]:
    (seen,) = see_certificate(wanted, actor=BY, hub=hub)
    return [(change.use_case, change.by_user, change.reason) for change in seen.changes]


class TestRegistering:
    def test_it_is_found_told_by_mail_and_on_record(self, parts: Hub) -> None:
        register(parts)

        with parts.database.transaction() as session:
            found = find_certificate(session, issuer=ISSUER, serial="a1")
        assert found is not None
        assert (found.retailer_code, found.purpose, found.source_addresses) == (
            NEW, CertificatePurpose.API, ("203.0.113.0/24",)
        )  # fmt: skip
        (notice,) = notices(parts)
        assert (notice.kind, notice.serial, notice.certificate_id, notice.at) == (
            NoticeKind.REGISTERED, "a1", "JN-0001", YEAR
        )  # fmt: skip
        assert use_cases_on_record(parts) == [(UseCase.REGISTER_CERTIFICATE, HUB_PERSON, "新規の申請")]

    @pytest.mark.parametrize("retailer", [NEW, CURRENT])
    def test_a_second_time_binds_nothing_anew(self, parts: Hub, retailer: str) -> None:
        register(parts)

        with pytest.raises((CannotRegister, CertificateTaken)):
            register(parts, replace(ISSUED, source_addresses=("0.0.0.0/0",)), retailer=retailer)

        (listed,) = see_certificates(actor=BY, hub=parts)
        assert (listed.retailer_code, listed.source_addresses) == (NEW, ("203.0.113.0/24",))
        assert kinds(parts) == [NoticeKind.REGISTERED]

    def test_two_who_register_the_same_side_by_side_bind_it_once(self, parts: Hub) -> None:
        def tried(retailer: str) -> bool:
            try:
                register(parts, retailer=retailer)
            except (CannotRegister, CertificateTaken):
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(tried, [NEW, CURRENT, NEW, CURRENT]))

        assert done.count(True) == 1
        assert len(list(notices(parts))) == 1

    def test_one_that_was_revoked_does_not_come_back_by_it(self, parts: Hub) -> None:
        register(parts)
        revoke(parts)

        with pytest.raises(CannotRegister, match="登録済み"):
            register(parts)

    @pytest.mark.parametrize("lacking", [{"certificate_id": None}, {"source_addresses": ()}])
    def test_what_a_system_comes_with_needs_its_id_and_its_addresses(
        self, parts: Hub, lacking: dict[str, None]
    ) -> None:
        facts = replace(ISSUED, **lacking)  # type: ignore[arg-type]  # of two types

        with pytest.raises(CannotRegister, match="接続元"):
            register(parts, facts)
        register(parts, facts, purpose=CertificatePurpose.SCREENS)

    def test_what_is_over_cannot_be_registered(self, parts: Hub) -> None:
        with pytest.raises(CannotRegister, match="期限切れ"):
            register(parts, replace(ISSUED, expires_at=datetime.now(UTC)))

    def test_nor_for_a_retailer_that_there_is_not(self, parts: Hub) -> None:
        with pytest.raises(NoSuchRetailer):
            register(parts, retailer="1009")

    def test_the_hub_operators_own_is_for_people_and_told_to_nobody(self, parts: Hub) -> None:
        with pytest.raises(CannotRegister, match="画面用"):
            register(parts, retailer=None)

        register(parts, retailer=None, purpose=CertificatePurpose.SCREENS)

        assert kinds(parts) == []


class TestReplacing:
    def test_both_may_be_used_for_a_time(self, parts: Hub) -> None:
        register(parts)
        before = datetime.now(UTC)

        replace_old(parts)

        old, new = sorted(see_certificates(actor=BY, hub=parts), key=lambda one: one.serial)
        assert old.replaced_until is not None
        assert before + timedelta(days=14) <= old.replaced_until <= datetime.now(UTC) + timedelta(days=14)
        assert (old.successor_serial, new.retailer_code, new.purpose) == ("b2", NEW, CertificatePurpose.API)
        assert new.ends_at == YEAR + timedelta(days=365)
        assert kinds(parts) == [NoticeKind.REGISTERED, NoticeKind.REPLACED]
        assert [use_case for use_case, _, _ in use_cases_on_record(parts, NEXT)] == [UseCase.REPLACE_CERTIFICATE]

    def test_no_longer_than_the_old_one_lasts(self, parts: Hub) -> None:
        register(parts)

        replace_old(parts, beside=timedelta(days=3650))

        assert {one.ends_at for one in see_certificates(actor=BY, hub=parts) if one.serial == "a1"} == {YEAR}

    def test_only_once_and_not_by_itself(self, parts: Hub) -> None:
        register(parts)
        with pytest.raises(CannotRegister, match="登録済み"):
            replace_certificate(
                ReplaceCertificateRequest(old=OLD, new=ISSUED, beside=timedelta(days=1), reason="誤り"),
                actor=BY,
                hub=parts,
            )
        replace_old(parts)

        with pytest.raises(CannotRegister, match="更新できません"):
            replace_old(parts)

    def test_not_by_one_of_another_retailer(self, parts: Hub) -> None:
        register(parts)
        register(parts, replace(ISSUED, serial="b2"), retailer=CURRENT)

        with pytest.raises(CertificateTaken):
            replace_old(parts)

        assert {one.replaced_until for one in see_certificates(actor=BY, hub=parts)} == {None}

    def test_not_of_one_that_is_revoked(self, parts: Hub) -> None:
        register(parts)
        revoke(parts)

        with pytest.raises(CannotRegister, match="更新できません"):
            replace_old(parts)


class TestRevoking:
    def test_it_keeps_its_first_time_and_is_told_once(self, parts: Hub) -> None:
        register(parts)
        revoke(parts)
        (first,) = see_certificates(actor=BY, hub=parts)

        revoke(parts)

        assert see_certificates(actor=BY, hub=parts) == [first] and first.revoked_at is not None
        assert kinds(parts) == [NoticeKind.REGISTERED, NoticeKind.REVOKED]
        assert len(use_cases_on_record(parts)) == 2

    def test_what_is_not_registered_cannot_be(self, parts: Hub) -> None:
        with pytest.raises(NoSuchCertificate):
            revoke(parts)

    def test_of_two_authorities_certificates_the_issuer_says_which(self, parts: Hub) -> None:
        register(parts)
        register(parts, replace(ISSUED, issuer=OTHER_ISSUER), retailer=CURRENT)

        with pytest.raises(SeveralCertificates):
            revoke(parts)
        revoke(parts, replace(OLD, issuer=OTHER_ISSUER))

        listed = see_certificates(actor=BY, hub=parts)
        assert {one.issuer for one in listed if one.revoked_at is not None} == {OTHER_ISSUER}


class TestChanging:
    def test_what_is_given_is_changed_and_the_rest_stays(self, parts: Hub) -> None:
        register(parts)

        change_certificate(
            ChangeCertificateRequest(wanted=OLD, source_addresses=("::ffff:198.51.100.7",), reason="移設"),
            actor=BY,
            hub=parts,
        )

        (listed,) = see_certificates(actor=BY, hub=parts)
        assert (listed.source_addresses, listed.device) == (("198.51.100.7",), "連携サーバー1号機")
        assert kinds(parts) == [NoticeKind.REGISTERED, NoticeKind.CHANGED]

    def test_a_systems_keeps_some_address(self, parts: Hub) -> None:
        register(parts)

        with pytest.raises(CannotRegister, match="接続元"):
            change_certificate(
                ChangeCertificateRequest(wanted=OLD, source_addresses=(), reason="誤り"), actor=BY, hub=parts
            )


class TestWarning:
    def test_each_is_noted_once_however_often_somebody_looks(self, parts: Hub) -> None:
        register(parts, replace(ISSUED, expires_at=datetime.now(UTC) + timedelta(days=61)))
        told = []
        for days in (0, 1, 0, 29, 1, 1, 22, 1, 5):
            age(parts, timedelta(days=days))
            told.append(warn(parts))

        assert told == [0, 1, 0, 0, 1, 0, 1, 0, 0]
        assert kinds(parts) == [NoticeKind.REGISTERED, *[NoticeKind.ENDS_SOON] * 3]

    def test_many_who_look_at_once_note_one(self, parts: Hub) -> None:
        register(parts)
        age(parts, timedelta(days=340))

        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(lambda _: warn(parts), range(4)))

        assert sorted(told) == [0, 0, 0, 1]

    def test_what_the_registration_has_said_is_not_said_again(self, parts: Hub) -> None:
        register(parts, replace(ISSUED, expires_at=datetime.now(UTC) + timedelta(days=20)))

        assert warn(parts) == 0
        age(parts, timedelta(days=14))
        assert warn(parts) == 1

    @pytest.mark.parametrize("gone", ["revoked", "over"])
    def test_of_what_is_gone_nobody_is_warned(self, parts: Hub, gone: str) -> None:
        register(parts)
        if gone == "revoked":
            revoke(parts)
        age(parts, timedelta(days=340 if gone == "revoked" else 366))

        assert warn(parts) == 0

    def test_one_that_was_replaced_is_warned_of_by_the_end_of_the_time_beside(self, parts: Hub) -> None:
        register(parts)
        replace_old(parts)
        assert warn(parts) == 0

        age(parts, timedelta(days=8))

        assert warn(parts) == 1
        assert [notice.successor for notice in notices(parts) if notice.kind is NoticeKind.ENDS_SOON] == ["b2"]

    def test_the_hub_operators_own_are_named(self, parts: Hub) -> None:
        register(parts, retailer=None, purpose=CertificatePurpose.SCREENS)
        age(parts, timedelta(days=340))

        warned = warn_of_certificates(actor=Maintainer(), hub=parts)

        assert (warned.told, warned.own) == (0, ("a1",))


class TestStopping:
    def test_all_of_a_retailers_and_of_no_other_until_they_are_allowed_again(self, parts: Hub) -> None:
        register(parts)
        register(parts, replace(ISSUED, serial="b2"), retailer=CURRENT)
        request = AllCertificatesRequest(retailer_code=NEW, reason="使用する装置が分からない")

        def stopped() -> set[str]:
            return {one.serial for one in see_certificates(actor=BY, hub=parts) if one.stopped_at is not None}

        stop_certificates(request, actor=BY, hub=parts)
        register(parts, replace(ISSUED, serial="c3"))
        assert stopped() == {"a1", "c3"}, "also one that is registered meanwhile"

        allow_certificates(request, actor=BY, hub=parts)
        assert stopped() == set()
        assert {NoticeKind.STOPPED, NoticeKind.ALLOWED} < set(kinds(parts))

    def test_of_a_retailer_that_there_is(self, parts: Hub) -> None:
        request = AllCertificatesRequest(retailer_code="1009", reason="誤り")
        for act in (stop_certificates, allow_certificates):
            with pytest.raises(NoSuchRetailer):
                act(request, actor=BY, hub=parts)


def test_the_first_day_of_the_api_is_a_retailers_and_on_record(parts: Hub) -> None:
    def from_day(retailer: str) -> ApiStartRequest:
        return ApiStartRequest(retailer_code=retailer, day=date(2027, 4, 1), reason="新規の申請")

    with pytest.raises(NoSuchRetailer):
        set_api_start(from_day("1009"), actor=BY, hub=parts)
    set_api_start(from_day(NEW), actor=BY, hub=parts)

    assert rows(parts.database, "SELECT code, api_from FROM participants WHERE api_from IS NOT NULL") == [
        (NEW, date(2027, 4, 1))
    ]
    assert rows(parts.database, "SELECT retailer_code, by_user, reason, details FROM certificate_changes") == [
        (NEW, HUB_PERSON, "新規の申請", "2027-04-01")
    ]
