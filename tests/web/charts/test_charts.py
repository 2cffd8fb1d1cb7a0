"""A chart: what is drawn, what its table has, and what is said of it to who does not see it."""

import pytest
from flask import Flask, render_template_string
from lxml import html

from tests.web.pages import words
from web.charts.drawing import HEIGHT, STYLES, WIDTH, Drawing, bars, line
from web.charts.figures import Category, Figures, Series

_CHART = '{% from "charts/chart.html" import chart %}{{ chart(drawing) }}'


def figures(*series: tuple[float | None, ...], unit: str = "kWh", decimals: int = 0) -> Figures:
    """Make figures of as many months as there are values."""
    months = tuple(Category(f"2026年{month}月", f"{month}月") for month in range(1, len(series[0]) + 1))
    named = tuple(Series(f"系列{number}", values) for number, values in enumerate(series, start=1))
    return Figures("usage", "月別使用量", unit, months, named, axis="対象年月", decimals=decimals)


def drawn(app: Flask, drawing: Drawing) -> html.HtmlElement:
    with app.test_request_context("/"):
        return html.fragment_fromstring(render_template_string(_CHART, drawing=drawing), create_parent="div")


class TestBars:
    def test_each_value_has_one_as_high_as_it_is_large(self) -> None:
        drawing = bars(figures((100, 200, 50)))

        heights = [bar.height for bar in drawing.bars]
        assert heights == [heights[0], heights[0] * 2, heights[0] / 2]
        assert {round(bar.y + bar.height, 2) for bar in drawing.bars} == {drawing.bottom}

    def test_all_lie_inside_of_the_drawing(self) -> None:
        drawing = bars(figures((9_999_999, 0, 1), (1, 2, 9_999_999)))

        for bar in drawing.bars:
            assert bar.x >= 0 and bar.y >= 0
            assert bar.x + bar.width <= WIDTH and bar.y + bar.height <= HEIGHT

    def test_of_several_series_one_stands_on_the_other(self) -> None:
        drawing = bars(figures((100,), (300,)))

        lower, upper = drawing.bars
        assert (lower.style, upper.style) == (0, 1)
        assert round(upper.y + upper.height, 2) == lower.y

    def test_nought_and_no_value_have_none(self) -> None:
        assert len(bars(figures((0, None, 7))).bars) == 1

    def test_values_that_all_are_nought_can_be_drawn(self) -> None:
        drawing = bars(figures((0, 0)))

        assert [tick.words for tick in drawing.ticks] == ["0", "1"]
        assert drawing.bars == ()


class TestNames:
    def test_a_category_without_a_short_name_is_named_by_its_label_and_one_with_an_empty_one_never(self) -> None:
        categories = (Category("一"), Category("二", ""), Category("三", "3"))

        drawing = bars(Figures("a", "b", "", categories, (Series("c", (1, 1, 1)),)))

        assert [name.words for name in drawing.names] == ["一", "3"]


class TestALine:
    def test_it_holds_its_value_for_all_of_a_half_hour_and_breaks_where_there_is_none(self) -> None:
        (path,) = line(figures((1.0, 2.0, None, 1.0), decimals=2)).lines

        assert path.count("M") == 2
        assert path.count("H") == 3

    def test_forty_eight_half_hours_have_room(self) -> None:
        drawing = line(figures(tuple(float(value % 7) for value in range(48)), decimals=2))

        places = [name.place for name in drawing.names]
        assert len(places) < 48
        assert all(after - before > 20 for before, after in zip(places, places[1:], strict=False))


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ((100, 300, 200), "最大は2026年2月の300kWh、最小は2026年1月の100kWhです。"),
            ((100, None, 0), "最大は2026年1月の100kWh、最小は2026年3月の0kWhです。値のないところが1か所あります。"),
        ],
    )
    def test_one_series_by_its_ends(self, values: tuple[float | None, ...], said: str) -> None:
        assert figures(values).description == f"2026年1月から2026年3月まで。{said}"

    def test_several_by_their_sums(self) -> None:
        both = figures((1000, 234), (1, None), unit="件")

        assert both.description == "2026年1月から2026年2月まで。合計は、系列11,234件、系列21件。"

    def test_a_value_that_is_missing_is_not_nought(self) -> None:
        assert figures((0, None)).rows == [("2026年1月", "0"), ("2026年2月", "－")]

    def test_a_table_may_have_several_values_in_a_row(self) -> None:
        hours = tuple(Category(f"{half // 2}:{half % 2 * 3}0") for half in range(4))
        folded = Figures("a", "b", "kWh", hours, (Series("c", (1, 2, None, 4)),), "時刻", folds=("00分", "30分"))

        assert folded.columns == ["時刻", "00分（kWh）", "30分（kWh）"]
        assert folded.rows == [("0:00", "1", "2"), ("1:00", "－", "4")]

    def test_a_series_of_other_length_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="for each category"):
            Figures("a", "b", "", (Category("c"),), (Series("d", (1, 2)),))


class TestThePart:
    def test_it_has_title_description_and_the_same_as_a_table(self, usual_application: Flask) -> None:
        part = drawn(usual_application, bars(figures((100, 2000))))

        (svg,) = part.xpath("//svg[@role='img']")
        named_by = svg.get("aria-labelledby").split()
        assert [words(part, f"//*[@id='{each}']") for each in named_by] == [
            ["月別使用量"],
            [figures((100, 2000)).description],
        ]
        assert words(part, "//th[@scope='col']") == ["対象年月", "系列1（kWh）"]
        assert words(part, "//tbody//td") == ["100", "2,000"]

    def test_series_differ_by_pattern_and_a_legend_names_them(self, usual_application: Flask) -> None:
        part = drawn(usual_application, bars(figures(*[(1.0,)] * STYLES)))

        fills = part.xpath("//svg[@role='img']/rect/@fill")
        assert len(set(fills)) == STYLES
        assert {fill[5:-1] for fill in fills} <= set(part.xpath("//pattern/@id"))
        assert words(part, "//*[@class='chart__legend']/li") == [f"系列{number}" for number in range(1, STYLES + 1)]

    def test_where_there_is_nothing_it_says_so(self, usual_application: Flask) -> None:
        part = drawn(usual_application, line(figures((None, None))))

        assert words(part, "//p") == ["値はありません。"]
        assert part.xpath("//svg") == []

    def test_what_it_is_given_is_no_markup(self, usual_application: Flask) -> None:
        hostile = Figures("x", "<script>", "<b>", (Category("<i>"),), (Series("<u>", (1,)),))

        part = drawn(usual_application, bars(hostile))

        assert part.xpath("//script | //b | //i | //u") == []
