"""Who has the disks, a dump, the logs and the mails has no customer: no name or address is found in them."""

import subprocess
from pathlib import Path

import pytest

from deploy.demo.performance import DEMO_SETTINGS
from deploy.samples import PEOPLE
from deploy.stack.postgres import program
from models.bulk.queries import file_overview
from rules.bulk.progress import FileState
from schemas.codes import CasePhase, Decision, RejectionReason, Segment
from tests.support.message_contents import all_contents
from tests.support.polling import until
from tests.support.retailers import Customer
from tests.support.sent_files import REFERRALS, file_of, referrals_table
from tests.support.spellings import found_in
from tests.support.whole_system import set_right, whole_system
from tests.support.world import World
from tools.bench.bulk_files.at_screen import AtScreen

_CUSTOMER = Customer(
    point_number="0200000000000000135791",
    contract_number="HIDDEN-2468-1357",
    holder_name="秘匿川　鶴之介",
    holder_name_kana="ヒトクガワ　ツルノスケ",
    address="宮城県仙台市秘匿町７７７番地",
    telephone="022-135-7924",
)
_OF_FILE = {
    "契約名義": "封緘山　亀之丞",
    "契約名義（カナ）": "フウカンヤマ　カメノジョウ",
    "需要場所住所": "東京都江東区封緘町８８８番地",
    "契約番号": "SHUT-1122-3344",
}
_WORDS = (
    *(_CUSTOMER.contract_number, _CUSTOMER.holder_name, _CUSTOMER.holder_name_kana, _CUSTOMER.address),
    *(_CUSTOMER.telephone, "秘匿の理由", "秘匿川", "ヒトクガワ", *_OF_FILE.values(), "封緘山", "フウカンヤマ"),
)


@pytest.mark.timeout(300)
def test_nobody_is_found_in_what_is_left_of_a_run(tmp_path: Path) -> None:
    folder = tmp_path / "stack"
    with whole_system(folder, settings=DEMO_SETTINGS) as world:
        set_right(world)
        _run_cases(world)
        number = _run_file(world)
        kept = str(all_contents(world.database))
        assert all(word in kept for word in ("秘匿川", "ヒトクガワ", "秘匿の理由", "封緘山")), "the run did carry them"
        _dump(world, folder / "dump.sql")

    assert list(found_in(folder, _WORDS)) == []
    seen = {line.partition(":")[0] for line in found_in(folder, (_CUSTOMER.point_number, number))}
    assert "dump.sql" in seen and len(seen) > 1, "numbers are found, in the dump and in PostgreSQL's own files"


def _run_cases(world: World) -> None:
    rejected = world.registered(_CUSTOMER)
    reasons = [RejectionReason.OTHER]
    world.current.decide(rejected, decision=Decision.REJECT, rejectionReasons=reasons, rejectionText="秘匿の理由")
    case_number = world.accepted(_CUSTOMER)
    world.file_both(case_number, _CUSTOMER)
    world.wait_for(case_number, CasePhase.COMPLETED)


def _run_file(world: World) -> str:
    """Send a file with a good row and one that is wrong, and have it worked off."""
    person = next(person for person in PEOPLE if person.retailer_code == world.new.code)
    screen = AtScreen(world.stack.environment["HUB_WEB_PUBLIC_URL"], person)
    faulty = {**_OF_FILE, "異動希望日": f"封緘山{'あ' * 20}"}
    data = file_of(referrals_table(world.database, _OF_FILE, faulty))
    number = screen.upload(data, kind=REFERRALS, segment=Segment.LOW_VOLTAGE)
    _wait_for(world, number, FileState.CHECKED)
    screen.confirm(number)
    _wait_for(world, number, FileState.FINISHED)
    return number


def _wait_for(world: World, number: str, state: FileState) -> None:
    def stands() -> bool:
        with world.database.transaction() as session:
            overview = file_overview(session, number=number, retailer_code=None)
        return overview is not None and overview.state is state

    until(stands, within=60)


def _dump(world: World, file: Path) -> None:
    with file.open("wb") as out:
        command = (*program("pg_dump"), world.stack.owner_address)
        subprocess.run(command, stdout=out, check=True)
