"""画面仕様書: every screen with its picture, fields and ways, from what a walk has seen and from the catalogue."""

from collections.abc import Iterator, Mapping, Sequence

from docs.specification_pages.screen_list import (
    DOCUMENT,
    Screen,
    all_screens,
    anchor_of,
    groups,
    name_of,
    others,
    place_of,
    receivers,
)
from docs.specification_pages.site import Page
from docs.specification_pages.transitions import drawn
from docs.specification_pages.walked import Way, walked_screens, ways_everywhere

_BY = {"link": "リンク", "button": "ボタン"}


def pages() -> Iterator[Page]:
    """Make the list of screens, and a page for each group."""
    everything, screens = groups(), all_screens()
    shared = {"name_of": name_of, "place_of": place_of, "by": _BY}
    yield Page(
        DOCUMENT,
        "画面仕様書",
        "画面の一覧、遷移、項目です。遷移と項目は、見本の案件を実際の画面でたどった記録とカタログから作っています。",
        "screens.html",
        {
            **shared,
            "groups": everything,
            "diagram": drawn(
                [group.title for group in everything],
                _between([{screen.endpoint for screen in group.screens} for group in everything]),
                title="画面のまとまりどうしの遷移図。内容は各ページの遷移の表と同じです。",
                name="groups",
            ),
            "everywhere": ways_everywhere(),
            "receivers": receivers(),
            "others": others(),
            "walked": walked_screens(),
            "anchor_of": anchor_of,
        },
    )
    for group in everything:
        endpoints = [{screen.endpoint} for screen in group.screens]
        yield Page(
            group.file,
            f"画面仕様書（{group.title}）",
            group.words,
            "screens_of_group.html",
            {
                **shared,
                "group": group,
                "diagram": drawn(
                    [f"{screen.id} {screen.name}" for screen in group.screens],
                    _between(endpoints),
                    title=f"{group.title}の画面の遷移図。内容は続く遷移の表と同じです。",
                    name="screens",
                ),
                "leading_here": {endpoint: _leading_to(endpoint, screens) for endpoint in screens},
            },
            depth=2,
            document=DOCUMENT,
        )


def _between(nodes: Sequence[set[str]]) -> set[tuple[int, int]]:
    """Give which of some sets of endpoints lead to which others."""
    return {
        (begin, end)
        for begin, endpoints in enumerate(nodes)
        for end, others_ in enumerate(nodes)
        if begin != end and any(way.end in others_ for name in endpoints for way in walked_screens()[name].ways)
    }


def _leading_to(endpoint: str, screens: Mapping[str, Screen]) -> list[tuple[Screen, Way]]:
    return [
        (screen, way)
        for screen in screens.values()
        for way in screen.walked.ways
        if way.end == endpoint and screen.endpoint != endpoint
    ]
