"""The pages are accessible HTML that needs nothing from elsewhere."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.specification_pages.building import BUILT
from tests.docs.built_pages import page_of

NAMES = sorted(file.name for file in BUILT.glob("*.html"))
"""The committed pages; that they are all there are, test_committed.py holds."""
PICTURES = BUILT.parent / "images" / "screens"
EACH_PAGE = pytest.mark.parametrize("name", NAMES)


@EACH_PAGE
def test_it_says_its_language_and_title_and_has_one_main_heading(name: str, files: Mapping[str, bytes]) -> None:
    page = page_of(files[name])

    assert page.get("lang") == "ja"
    assert page.findtext(".//title")
    assert len(page.findall(".//h1")) == len(page.findall(".//main")) == 1


@EACH_PAGE
def test_its_headings_are_in_order(name: str, files: Mapping[str, bytes]) -> None:
    levels = [int(heading.tag[1]) for heading in page_of(files[name]).iter("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@EACH_PAGE
def test_every_table_has_headers_for_its_columns_and_rows(name: str, files: Mapping[str, bytes]) -> None:
    for table in page_of(files[name]).iter("table"):
        heads = table.findall("thead/tr/th")
        assert heads and all(head.get("scope") == "col" for head in heads)
        for row in table.findall("tbody/tr"):
            assert len(row) == len(heads)
            assert [cell.get("scope") for cell in row.iter("th")] == ["row"]


@EACH_PAGE
def test_its_places_are_unique_and_its_links_lead_somewhere(name: str, files: Mapping[str, bytes]) -> None:
    places = {other: places_of(content) for other, content in files.items() if other.endswith(".html")}
    page = page_of(files[name])

    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
    for link in page.xpath("//a/@href | //link/@href"):
        target, _, place = str(link).partition("#")
        if place:
            assert place in places[target or name], link
        elif target not in files:
            assert (BUILT / target).resolve().is_file(), link


def places_of(content: bytes) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', content.decode()))


@EACH_PAGE
def test_it_has_contents_and_a_change_list(name: str, files: Mapping[str, bytes]) -> None:
    page = page_of(files[name])
    anchors = {str(link).removeprefix("#") for link in page.xpath("//nav[@class='contents']//a/@href")}

    assert {str(place) for place in page.xpath("//main//h2/@id")} <= anchors
    assert page.xpath("//h2[@id='changes']/following-sibling::table/tbody/tr/td/time")


@EACH_PAGE
def test_it_needs_no_script_and_nothing_from_elsewhere(name: str, files: Mapping[str, bytes]) -> None:
    page = page_of(files[name])

    assert not page.xpath("//script | //iframe | //object | //@style | //@onclick")
    for link in page.xpath("//@href | //@src"):
        assert not re.match(r"[a-z]+:|//", str(link)), link


@EACH_PAGE
def test_its_pictures_were_taken_by_the_tests_and_have_words(name: str, files: Mapping[str, bytes]) -> None:
    for picture in page_of(files[name]).iter("img"):
        path = BUILT / str(picture.get("src"))
        assert path.parent.resolve() == PICTURES and path.is_file(), f"take it: make screens ({path.stem})"
        assert picture.get("alt"), path.stem


def test_the_style_sheet_loads_nothing(files: Mapping[str, bytes]) -> None:
    sheet = files["specification.css"].decode()
    assert not re.search(r"url\(|@import|http", sheet)


def test_the_style_sheet_has_every_token_it_uses(files: Mapping[str, bytes]) -> None:
    sheet = files["specification.css"].decode()
    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", sheet)) <= set(re.findall(r"(--[a-z0-9-]+):", sheet))


def test_nothing_in_the_pages_tells_of_the_machine_they_were_built_on(files: Mapping[str, bytes]) -> None:
    root = str(Path(__file__).parents[2])
    assert not [name for name, content in files.items() if root.encode() in content]
