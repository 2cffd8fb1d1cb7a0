"""The searches of docs/operations.md are ones that the server understands, and find what they say."""

import re

import pytest
from temporalio.client import Client

from deploy.stack.supervisor import ROOT
from tests.support import cases
from tests.support.hub import Hub
from tests.support.processes import wait_until

SEARCHES = dict(
    re.findall(
        r"^\| (.+?) \| `([^`|]*[=<][^`|]*|[^`|]*STARTS_WITH[^`|]*)` \|$",
        (ROOT / "docs" / "operations.md").read_text(),
        re.MULTILINE,
    )
)


def found(hub: Hub, search: str) -> set[str]:
    async def ask(client: Client) -> set[str]:
        return {one.id async for one in client.list_workflows(search)}

    return hub.loop.ask(ask)


def test_the_guide_has_searches() -> None:
    assert len(SEARCHES) == 8


@pytest.mark.parametrize("name", SEARCHES)
def test_the_server_understands_it(hub: Hub, name: str) -> None:
    found(hub, SEARCHES[name])


def test_cases_are_found_by_retailer_area_point_and_phase(hub: Hub) -> None:
    case = hub.open()
    names = ("ある小売電気事業者の案件", "あるエリアの案件", "ある地点の案件", "判断を待つ案件")

    wait_until(lambda: all(case in found(hub, SEARCHES[name]) for name in names), what="the case in each list")
    assert case not in found(hub, SEARCHES["高圧500kW未満の案件"]) | found(hub, SEARCHES["単独申請"])

    hub.give(case, cases.reject)
    wait_until(lambda: case not in found(hub, SEARCHES["判断を待つ案件"]), what="the case out of the list")
