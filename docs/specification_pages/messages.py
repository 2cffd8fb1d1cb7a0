"""メッセージ仕様書: every message code, with what the reader can do and how it travels."""

from collections.abc import Iterator
from itertools import groupby

from docs.specification_pages.examples import FAULT, exchanged_fault
from docs.specification_pages.site import Page
from schemas.findings import Refusal
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from soap.faults import fault_code
from soap.guard import status_of

_KINDS = {
    "T": "電文の送り方と形",
    "A": "利用者の確認",
    "F": "項目の形式",
    "B": "業務の検査",
    "S": "案件・申請の状態",
    "I": "メッセージの同一性",
    "R": "再送すれば成功し得るもの",
}
"""By the letter in the code."""


def letter_of(code: RefusalCode) -> str:
    """Give the letter that says what kind of refusal a code stands for."""
    return code.value.split("-")[1][0]


def pages() -> Iterator[Page]:
    order = list(_KINDS)
    codes = sorted(RefusalCode, key=lambda code: (order.index(letter_of(code)), code.value))
    yield Page(
        "messages.html",
        "メッセージ仕様書",
        "要求を受け付けられないときに返すメッセージです。コードの意味が変わることはありません。",
        "messages.html",
        {
            "kinds": [(letter, _KINDS[letter], tuple(each)) for letter, each in groupby(codes, key=letter_of)],
            "messages": REFUSAL_WORDS,
            "status_of": status_of,
            "fault_code": lambda code: fault_code(Refusal(code)),
            "fault": exchanged_fault(),
            "fault_file": FAULT.name,
        },
    )
