"""What makes two messages the same one, and how what they say is kept."""

from datetime import date

import pytest

from models.messages.content import UnknownInterface, UnreadableContent, dump_request, load_request
from models.messages.identity import incoming
from schemas.catalogue import interfaces_of
from schemas.codes import Segment
from schemas.interfaces.referral import ReferralRequest
from schemas.reading import Faulty, read
from tests.soap_support.examples import raw_example
from tests.support.cast import NEW
from tests.support.decisions import decision_request
from tests.support.referrals import referral_request


def _referral(**changes: object) -> ReferralRequest:
    return referral_request(wished_date=date(2026, 8, 20), **{"message_id": "M-1", **changes})


def _digest(request: object, *, interface: str = "12110", key: bytes = b"key") -> str:
    return incoming(retailer_code=NEW, interface_number=interface, request=request, key=key).digest


def test_equal_content_has_an_equal_digest() -> None:
    assert _digest(_referral()) == _digest(_referral())


@pytest.mark.parametrize(
    "other",
    [
        _digest(_referral(holder_name="髙橋　次郎")),
        _digest(_referral(meter_work=None)),
        _digest(_referral(), interface="K12110"),
        _digest(_referral(), key=b"other"),
    ],
    ids=["one field changed", "one field left out", "another interface", "another key"],
)
def test_anything_else_has_another(other: str) -> None:
    assert other != _digest(_referral())


def test_a_digest_of_years_ago_still_counts() -> None:
    assert _digest(_referral()) == "e0e0421f44904ef9ac01d10dff3d137f0d0cb7a9e935bd70dbe2d5dfe7722fc2"


def test_a_message_does_not_show_what_it_says() -> None:
    message = incoming(retailer_code=NEW, interface_number="12110", request=_referral(), key=b"key")

    assert "髙橋" not in repr(message)
    assert message.message_id == "M-1"


@pytest.mark.parametrize(
    ("request_", "interface"),
    [
        (_referral(holder_name="㈱髙﨑①"), "12110"),
        (_referral(), "F12110"),
        (decision_request("SW03L20260812000000013", rejection_text="契約者死亡のため要確認"), "K12410"),
    ],
)
def test_what_a_message_says_comes_back_as_it_was(request_: object, interface: str) -> None:
    assert load_request(dump_request(request_), interface_number=interface) == request_


@pytest.mark.parametrize("segment", Segment)
def test_what_an_interface_of_a_segment_may_leave_out_comes_back_as_left_out(segment: Segment) -> None:
    for interface in interfaces_of(segment):
        example = raw_example(interface.request, optional=False, segment=segment)
        request = read(interface.request, example, segment=segment)
        assert not isinstance(request, Faulty)

        assert load_request(dump_request(request), interface_number=interface.number_in(segment)) == request


def test_content_from_before_a_field_was_added_can_be_read() -> None:
    request = _referral(meter_work=None, consent=None)

    assert "consent" not in dump_request(request)
    assert load_request(dump_request(request), interface_number="12110") == request


def test_content_that_cannot_be_read_is_not_shown() -> None:
    values = dump_request(_referral()) | {"wished_date": "髙橋　太郎"}

    with pytest.raises(UnreadableContent) as raised:
        load_request(values, interface_number="12110")

    assert str(raised.value) == "12110: wished_date"
    assert raised.value.__cause__ is None and raised.value.__suppress_context__


def test_an_interface_that_the_catalogue_does_not_have_is_an_error() -> None:
    with pytest.raises(UnknownInterface):
        load_request(dump_request(_referral()), interface_number="99999")
