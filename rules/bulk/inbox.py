"""The inbox as a file: what is known of each referral, and empty cells for the decision, to be sent back as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rules.bulk.columns import columns_of
from rules.bulk.kinds import BulkKind
from rules.spreadsheet import csv_text, hyphened
from rules.wording import plain_day, plain_deadline, plain_second
from schemas.codes import Segment
from schemas.contract import members
from schemas.interfaces.referral_inbox import IncomingReferral

_FACTS: Mapping[str, Callable[[IncomingReferral], str]] = {
    "point_number": lambda referral: hyphened(referral.point_number),
    "contract_number": lambda referral: referral.contract_number,
    "holder_name": lambda referral: referral.holder_name,
    "holder_name_kana": lambda referral: referral.holder_name_kana,
    "address": lambda referral: referral.address,
    "wished_date": lambda referral: plain_day(referral.wished_date),
    "arrived_at": lambda referral: plain_second(referral.arrived_at),
    "due": lambda referral: f"{plain_deadline(referral.due)}まで",
}
"""What a clerk compares with the own customer book, and until when; when the file is sent back, it is not read."""


def inbox_file(referrals: Iterable[IncomingReferral], *, segment: Segment) -> Iterator[str]:
    """Write a header, and a row for each referral."""
    given, to_fill_in = _columns_of_decision(segment)
    yield csv_text([[*given.values(), *inbox_headers(segment), *to_fill_in]])
    for referral in referrals:
        values = vars(referral)
        facts = [fact(referral) for fact in _FACTS.values()]
        yield csv_text([[*(values[name] for name in given), *facts, *("" for _ in to_fill_in)]])


def inbox_headers(segment: Segment) -> tuple[str, ...]:
    """Name the columns that are for people alone, as the segment calls them."""
    labels = {member.name: member.field.label for member in members(IncomingReferral, segment)}
    return tuple(labels[name] for name in _FACTS)


def _columns_of_decision(segment: Segment) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Give the headers that the referral has a value for, by its name, and those that it has none for."""
    names = {member.xml_name: member.name for member in members(IncomingReferral, segment)}
    columns = columns_of(BulkKind.DECIDE_REFERRALS, segment)
    given = {names[column.place]: column.header for column in columns if column.place in names}
    return given, tuple(column.header for column in columns if column.place not in names)
