"""The parts that screens are made of: what each says to who sees it and to who hears it."""

import pytest
from flask import Flask, render_template_string
from lxml import html

from tests.web.pages import words
from web.shared.headings import Direction, Heading


class Parts:
    """Draws a part by its macro."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def draw(self, template: str, **values: object) -> html.HtmlElement:
        with self._app.test_request_context("/"):
            return html.fragment_fromstring(render_template_string(template, **values), create_parent="div")


@pytest.fixture
def parts(usual_application: Flask) -> Parts:
    return Parts(usual_application)


_TABLE = """{% from "components/table.html" import table %}
{% call(row) table("案件", columns, [1]) %}<td>{{ row }}</td>{% endcall %}"""


class TestAList:
    def test_it_is_sorted_by_links_and_says_by_which_column_and_how(self, parts: Parts) -> None:
        columns = [
            Heading("番号", "/list?sort=-number", Direction.ASCENDING),
            Heading("期限", "/list?sort=due"),
            "区分",
        ]

        drawn = parts.draw(_TABLE, columns=columns)

        assert drawn.xpath("//th/@aria-sort") == ["ascending"]
        assert words(drawn, "//th[@aria-sort]") == ["番号"]
        assert drawn.xpath("//th/a/@href") == ["/list?sort=-number", "/list?sort=due"]
        assert words(drawn, "//th") == ["番号", "期限", "区分"]

    def test_a_direction_has_another(self) -> None:
        assert [each.other.other for each in Direction] == list(Direction)


_STEPS = """{% from "components/steps.html" import steps %}
{{ steps([("選ぶ", "/a"), ("確かめる", "/b"), ("結果", none)], current) }}"""


class TestSteps:
    @pytest.mark.parametrize(("current", "done", "links"), [(1, 0, []), (2, 1, ["/a"]), (3, 2, ["/a", "/b"])])
    def test_they_say_where_one_is_and_lead_back_to_what_is_done(
        self, parts: Parts, current: int, done: int, links: list[str]
    ) -> None:
        drawn = parts.draw(_STEPS, current=current)

        assert drawn.xpath("//nav/@aria-label") == [f"手順: 全3段階の{current}番目"]
        assert len(drawn.xpath("//li[@aria-current='step']")) == 1
        assert sum("（済み）" in each for each in words(drawn, "//li")) == done
        assert drawn.xpath("//a/@href") == links


_PROGRESS = """{% from "components/progress.html" import progress %}
{{ progress("file", "ファイル", done, total, state) }}"""


class TestProgress:
    def test_it_is_told_by_a_bar_and_in_words(self, parts: Parts) -> None:
        drawn = parts.draw(_PROGRESS, done=3712, total=10_000, state="running")

        (bar,) = drawn.xpath("//progress")
        assert (bar.get("value"), bar.get("max")) == ("3712", "10000")
        assert words(drawn, "//*[@class='progress__words']") == ["10,000件中 3,712件（37%）"]
        assert drawn.xpath("//label/@for") == [bar.get("id")]

    def test_of_what_nobody_has_counted_yet_there_is_no_part(self, parts: Parts) -> None:
        drawn = parts.draw(_PROGRESS, done=0, total=None, state="running")

        assert drawn.xpath("//progress/@value") == []
        assert words(drawn, "//*[@class='progress__words']") == ["件数を数えています。"]

    def test_of_nothing_all_is_done(self, parts: Parts) -> None:
        drawn = parts.draw(_PROGRESS, done=0, total=0, state="done")

        assert words(drawn, "//*[@class='progress__words']") == ["0件中 0件（100%）"]

    def test_only_what_is_whole_reads_as_whole(self, parts: Parts) -> None:
        drawn = parts.draw(_PROGRESS, done=9_999, total=10_000, state="stopped")

        assert "（99%）" in drawn.text_content()


_FILTERS = """{% from "components/filter_panel.html" import filter_panel %}
{% call filter_panel("/list", chosen, "/list", is_open=is_open) %}<p>項目</p>{% endcall %}"""


class TestAFilterPanel:
    def test_each_chosen_filter_is_a_link_that_takes_it_away(self, parts: Parts) -> None:
        chosen = [("状態", "判断待ち", "/list?area=03"), ("エリア", "東京", "/list?phase=awaiting_decision")]

        drawn = parts.draw(_FILTERS, chosen=chosen, is_open=False)

        assert words(drawn, "//ul//a") == [
            "状態: 判断待ちの条件を外す",
            "エリア: 東京の条件を外す",
            "すべての条件を外す",
        ]
        assert drawn.xpath("//ul//a/@href") == ["/list?area=03", "/list?phase=awaiting_decision", "/list"]
        assert words(drawn, "//summary") == ["絞り込み2件の条件"]
        assert drawn.xpath("//details/@open") == []

    def test_it_is_open_where_something_is_wrong_in_it(self, parts: Parts) -> None:
        drawn = parts.draw(_FILTERS, chosen=[], is_open=True)

        assert len(drawn.xpath("//details[@open]")) == 1
        assert drawn.xpath("//ul") == []


def test_tabs_are_links_of_which_one_is_current(parts: Parts) -> None:
    drawn = parts.draw(
        '{% from "components/tabs.html" import tabs %}{{ tabs([("すべて", "/a", 1200), ("終了", "/b", none)], "/b") }}'
    )

    assert words(drawn, "//a[@aria-current='page']") == ["終了"]
    assert words(drawn, "//a") == ["すべて 1,200件", "終了"]
