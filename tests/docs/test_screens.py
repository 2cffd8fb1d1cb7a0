"""画面仕様書: it tells of every screen, of who may open it and of every way from it, and of nothing else."""

from collections.abc import Mapping

import pytest

from docs.specification_pages.rights import ANYBODY, roles_of
from docs.specification_pages.screen_list import Screen, all_screens, anchor_of, groups, name_of, others, receivers
from docs.specification_pages.walked import walked_screens, ways_everywhere
from schemas.codes import Segment
from schemas.contract import SEGMENT_LETTER
from tests.browser.screens import ALSO_NARROW, SCREENS
from tests.docs.built_pages import page_of
from tests.web.test_functions import ALL

EACH = pytest.mark.parametrize("screen", all_screens().values(), ids=list(all_screens()))
TAKEN = {screen.name for screen in SCREENS} | {f"{name}-narrow" for name in ALSO_NARROW}


def test_it_has_every_endpoint_once() -> None:
    described = [*all_screens(), *receivers(), *others()]

    assert sorted(described) == sorted(walked_screens()), "describe it in data/screens.yaml"
    assert len({screen.id for screen in all_screens().values()}) == len(all_screens())


@EACH
def test_who_may_open_it_is_who_came_there(screen: Screen) -> None:
    expected = {role.value for role in roles_of(screen.permission)}

    if screen.permission == ANYBODY:
        assert ANYBODY in screen.walked.opened_by
    elif any("<" in address for address in screen.walked.addresses):  # of what not everybody has one
        assert screen.walked.opened_by and screen.walked.opened_by <= expected
    else:
        assert screen.walked.opened_by == expected


@EACH
def test_its_page_has_every_way_and_field_that_was_seen(screen: Screen, files: Mapping[str, bytes]) -> None:
    page = page_of(files[screen.page])
    rows = page.xpath("//h3[@id=$id]/following-sibling::table[1]/tbody/tr", id=f"{screen.anchor}-ways")
    fields = page.xpath("//h3[@id=$id]/following-sibling::ul[1]/li", id=f"{screen.anchor}-fields")

    assert len(rows) == len(screen.walked.ways)
    for row, way in zip(rows, screen.walked.ways, strict=True):
        assert row[0].text_content() == "".join(f"「{words}」" for words in way.words)
    assert tuple(field.text for field in fields) == screen.walked.fields


@EACH
def test_its_pictures_are_among_those_that_are_taken(screen: Screen) -> None:
    assert screen.pictures
    assert {picture.name for picture in screen.pictures} <= TAKEN


@pytest.mark.parametrize("endpoint", receivers())
def test_what_takes_a_button_names_every_way_from_its_page(endpoint: str, files: Mapping[str, bytes]) -> None:
    row = page_of(files["screens.html"]).xpath("string(//tr[@id=$id]/td[2])", id=anchor_of(endpoint))
    ways = walked_screens()[endpoint].ways

    said = ("".join(f"「{words}」" for words in way.words) + f"→{name_of(way.end)}" for way in ways)
    assert row == "、".join(said)


def test_what_the_header_offers_is_listed(files: Mapping[str, bytes]) -> None:
    rows = page_of(files["screens.html"]).xpath("//h3[@id='everywhere']/following-sibling::table[1]/tbody/tr")
    assert len(rows) == len(ways_everywhere())


@pytest.mark.parametrize(("segment", "name", "numbers"), ALL, ids=[f"{segment}-{name}" for segment, name, _ in ALL])
def test_every_function_of_the_terms_has_its_place(
    segment: Segment | None, name: str, numbers: tuple[str, ...], files: Mapping[str, bytes]
) -> None:
    functions = {
        function.number(own): group.file
        for group in groups()
        for function in group.functions
        for own in function.segments
    }
    for number in (SEGMENT_LETTER.get(segment, "") + each for each in numbers):
        assert f'id="IF{number}"' in files[functions[number]].decode(), name
