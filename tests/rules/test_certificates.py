"""Whether somebody comes in with a certificate, and when its retailer is warned that it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rules.calendar import JST
from rules.certificates.admission import hindrance
from rules.certificates.notices import WARNED_BEFORE, warning_due, warning_reached
from rules.certificates.registered import RegisteredCertificate
from schemas.codes import CertificatePurpose
from schemas.refusal_codes import RefusalCode

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=JST)
LATER, BEFORE = NOW + timedelta(days=100), NOW - timedelta(days=100)
SOUND = RegisteredCertificate(
    serial="a1", retailer_code="1001", purpose=CertificatePurpose.API, expires_at=LATER, retailer_active=True
)


def outcome(
    registered: RegisteredCertificate,
    *,
    purpose: CertificatePurpose = CertificatePurpose.API,
    from_registered_address: bool = True,
    begins_at: datetime = BEFORE,
    ends_at: datetime = LATER,
) -> RefusalCode | None:
    return hindrance(
        registered,
        purpose=purpose,
        from_registered_address=from_registered_address,
        begins_at=begins_at,
        ends_at=ends_at,
        now=NOW,
    )


def test_a_sound_one_comes_in() -> None:
    assert outcome(SOUND) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"revoked_at": NOW}, RefusalCode.CERTIFICATE_REVOKED),
        ({"expires_at": NOW}, RefusalCode.CERTIFICATE_EXPIRED),
        ({"replaced_until": NOW}, RefusalCode.CERTIFICATE_REPLACED),
        ({"purpose": CertificatePurpose.SCREENS}, RefusalCode.CERTIFICATE_PURPOSE),
        ({"stopped": True}, RefusalCode.CERTIFICATES_STOPPED),
        ({"retailer_active": False}, RefusalCode.RETAILER_NOT_ACTIVE),
        ({"api_started": False}, RefusalCode.API_NOT_STARTED),
    ],
)
def test_what_keeps_one_out(changes: dict[str, object], code: RefusalCode) -> None:
    stands = replace(SOUND, **changes)  # type: ignore[arg-type]  # of many types

    assert outcome(stands) is code
    assert outcome(stands, from_registered_address=False) is RefusalCode.SOURCE_ADDRESS


@pytest.mark.parametrize("changes", [{"revoked_at": NOW}, {"expires_at": NOW}, {"replaced_until": NOW}])
def test_until_that_very_moment_it_comes_in(changes: dict[str, datetime]) -> None:
    a_moment_later = {name: at + timedelta(microseconds=1) for name, at in changes.items()}

    assert outcome(replace(SOUND, **a_moment_later)) is None  # type: ignore[arg-type]  # the fields are moments


def test_its_own_word_counts_as_well() -> None:
    assert outcome(SOUND, begins_at=NOW + timedelta(microseconds=1)) is RefusalCode.CERTIFICATE_NOT_YET_VALID
    assert outcome(SOUND, ends_at=NOW) is RefusalCode.CERTIFICATE_EXPIRED


def test_people_come_in_by_the_screens_before_the_api_is_used_and_not_with_a_systems_certificate() -> None:
    of_people = replace(SOUND, purpose=CertificatePurpose.SCREENS, api_started=False)

    assert outcome(of_people, purpose=CertificatePurpose.SCREENS) is None
    assert outcome(SOUND, purpose=CertificatePurpose.SCREENS) is RefusalCode.CERTIFICATE_PURPOSE


@pytest.mark.parametrize(
    ("days", "reached"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7)]
)
def test_warnings_go_by_days_in_japan(days: int, reached: int | None) -> None:
    just_before_midnight = NOW.replace(hour=23, minute=59) + timedelta(days=days)
    just_after_midnight = NOW.replace(hour=0, minute=0) + timedelta(days=days)

    assert warning_reached(just_before_midnight, now=NOW) == reached
    if days:
        assert warning_reached(just_after_midnight, now=NOW) == reached


def test_what_has_ended_is_warned_of_no_more() -> None:
    assert warning_reached(NOW, now=NOW) is None


def test_every_warning_is_given_once_and_one_that_was_missed_never() -> None:
    ends_at, warned, given = NOW + timedelta(days=70), None, []
    for day in (0, 9, 10, 11, 12, 50, 51, 63, 64, 69, 70, 71):  # nobody looked on the days when 30 were left
        days = warning_due(ends_at, warned=warned, now=NOW + timedelta(days=day))
        if days is not None:
            warned = days
            given.append((day, days))

    assert given == [(10, 60), (50, 30), (63, 7)]
    assert [days for _, days in given] == list(WARNED_BEFORE)
    assert warning_due(ends_at, warned=None, now=NOW + timedelta(days=65)) == 7
