"""Who a customer is and where they live stays in the database: not in Temporal, not in logs, not in addresses."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from temporalio.client import Client

from schemas.codes import Area, CasePhase, Decision, RejectionReason
from tests.support.message_contents import all_contents
from tests.support.retailers import Customer, RefusedByHub
from tests.support.spellings import found_in
from tests.support.world import World

_CUSTOMER = Customer(
    point_number="0200000000000000987654",
    contract_number="PRIVATE-4711-0815",
    holder_name="秘密野　太郎兵衛",
    holder_name_kana="ヒミツノ　タロベエ",
    address="宮城県仙台市秘密町９９９番地",
    telephone="022-987-6543",
)
_PERSONAL = (
    _CUSTOMER.contract_number,
    _CUSTOMER.holder_name,
    _CUSTOMER.holder_name_kana,
    _CUSTOMER.address,
    _CUSTOMER.telephone,
    "秘密の理由",
)


def test_nothing_personal_is_in_temporals_store_nor_in_logs_and_urls(world: World) -> None:
    _run_a_case_with_all_that_is_personal(world)

    assert "秘密野" in str(all_contents(world.database)), "the run did carry it"
    assert list(_personal_in(world.stack.folder / "temporal")) == []
    assert list(_personal_in(world.stack.folder / "log")) == []


def test_the_search_finds_a_name_that_was_put_into_temporal(world: World) -> None:
    marked = "探索確認　花子"
    asyncio.run(_start_with_memo(world.stack.environment["TEMPORAL_ADDRESS"], marked))

    assert list(found_in(world.stack.folder / "temporal", (marked,)))


def _run_a_case_with_all_that_is_personal(world: World) -> None:
    world.grid(Area.TOHOKU, defects_left=1)
    rejected = world.registered(_CUSTOMER)
    world.current.decide(
        rejected, decision=Decision.REJECT, rejectionReasons=[RejectionReason.OTHER], rejectionText="秘密の理由"
    )
    case_number = world.accepted(_CUSTOMER)
    effective = world.today()
    filed = world.new.file_start(case_number, _CUSTOMER, effective=effective)
    world.current.file_end(case_number, _CUSTOMER, effective=effective)
    try:
        world.new.register(_CUSTOMER, current=world.current, wished=effective, holderName="秘密野　太郎兵衛😀")
    except RefusedByHub as refused:
        assert refused.code == "HUB-F001"
    world.wait_for_application(case_number, "defective")
    world.new.file_start(
        case_number, _CUSTOMER, effective=effective, processKind="amend", applicationNumber=filed.applicationNumber
    )
    world.wait_for(case_number, CasePhase.COMPLETED)


def _personal_in(folder: Path) -> Iterator[str]:
    return found_in(folder, _PERSONAL)


async def _start_with_memo(address: str, marked: str) -> None:
    client = await Client.connect(address)
    await client.start_workflow("Nobody", id="search-check", task_queue="nobody-listens", memo={"name": marked})
