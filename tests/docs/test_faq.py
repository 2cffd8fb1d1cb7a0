"""関連FAQ: questions people have, with answers that hold, and every code that they may see."""

from collections.abc import Mapping

from docs.specification_pages.faq import categories
from schemas.refusal_codes import RefusalCode
from tests.docs.built_pages import page_of

_OF_SYSTEMS_ALONE = ("HUB-T", "HUB-A")
"""Codes of how a message is sent and by whom, which no screen shows; but for who is not active."""


def test_it_answers_what_people_ask() -> None:
    questions = [question for category in categories() for question in category.questions]

    assert len(questions) >= 40
    assert len({question.words for question in questions}) == len(questions)
    assert all(question.words.endswith("。") and question.answer for question in questions)


def test_every_code_that_a_person_may_see_is_explained(files: Mapping[str, bytes]) -> None:
    links = {str(link) for link in page_of(files["faq.html"]).xpath("//table//a/@href")}
    shown = {code for code in RefusalCode if not code.startswith(_OF_SYSTEMS_ALONE)} | {RefusalCode.RETAILER_NOT_ACTIVE}

    assert links == {f"messages.html#{code}" for code in shown}


def test_answers_lead_on_to_the_manual(files: Mapping[str, bytes]) -> None:
    assert page_of(files["faq.html"]).xpath("//p//a[starts-with(@href, 'manual-')]")
