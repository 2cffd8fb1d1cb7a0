"""スイッチング支援システム関連FAQ: questions by what they are about, and what each code at a screen means."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.specification_pages.site import Page, data
from docs.specification_pages.texts import shown
from web.shared.refusal_words import SCREEN_WORDS


@dataclass(frozen=True)
class Question:
    """A question, and the paragraphs that answer it."""

    words: str
    answer: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


def categories() -> tuple[Category, ...]:
    """Give all questions, in the order of the page."""
    return tuple(
        Category(written["title"], tuple(Question(each["q"], tuple(each["a"])) for each in written["questions"]))
        for written in data("faq.yaml")
    )


def pages() -> Iterator[Page]:
    yield Page(
        "faq.html",
        "スイッチング支援システム関連FAQ",
        "よくある質問と答えです。問い合わせる前に、ここに答えがないかを確かめてください（利用規約7.1）。",
        "faq.html",
        {"categories": categories(), "shown": shown, "codes": sorted(SCREEN_WORDS.items())},
    )
