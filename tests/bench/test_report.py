"""What the benchmark says, and its verdict."""

import pytest

from tools.bench.bulk import Bulk
from tools.bench.rate import Rates, Round
from tools.bench.report import report
from tools.bench.slots import SlotCost


def rates(*, hub: float, bare: float, hub_processor: float = 1.0) -> Rates:
    return Rates(
        hub=[Round(hub, hub_processor, 0.5)] * 3,
        bare=[Round(bare, 1.0, 0.5)] * 3,
        hello=[Round(2_000.0, 0.25, 0.0)] * 3,
    )


@pytest.mark.parametrize(
    ("hub_bulk", "hub_rate", "hub_processor", "slotted", "kept"),
    [
        (50.0, 750.0, 1.4, 0.5275, True),
        (50.1, 750.0, 1.4, 0.5275, False),
        (50.0, 749.0, 1.4, 0.5275, False),
        (50.0, 750.0, 1.41, 0.5275, False),
        (50.0, 750.0, 1.4, 0.529, False),
    ],
    ids=["all-just-kept", "bulk-missed", "rate-missed", "processor-missed", "slots-missed"],
)
def test_all_goals_must_be_kept(
    hub_bulk: float, hub_rate: float, hub_processor: float, slotted: float, kept: bool
) -> None:
    bulk, slots = Bulk([hub_bulk] * 3, [10.0] * 3), SlotCost([slotted] * 3, [0.5] * 3)
    measured = rates(hub=hub_rate, bare=1_000.0, hub_processor=hub_processor)
    words, verdict = report(bulk, measured, slots, statements=[])

    assert verdict is kept
    assert ("未達" in words) is not kept


def test_ratios_are_those_of_rounds_side_by_side() -> None:
    bulk = Bulk([20.0, 40.0, 90.0], [10.0, 10.0, 30.0])  # a machine that others slow down slows both down

    assert bulk.times == 3.0


def test_all_of_them_and_their_ratios_are_named() -> None:
    slots = SlotCost([1.5], [1.25])
    words, _ = report(Bulk([20.0], [10.0]), rates(hub=600.0, bare=1_000.0), slots, statements=["SELECT"])

    for figure in ("2.00 倍", "0.60", "0.30", "Flask hello-world", "lxml + psycopg2", "2000", "1000", "0.250"):
        assert figure in words
