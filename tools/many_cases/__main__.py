"""``python -m tools.many_cases``: fills a database of its own with many cases, and measures the pages over them."""

import argparse
import shutil
import sys
import time

import psycopg2

from deploy.samples import load_samples
from deploy.stack.ports import Ports
from deploy.stack.supervisor import ROOT, Stack
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from tools.bench.samples import register_case
from tools.console import begin, say
from tools.many_cases.copies import multiply, without_indexes
from tools.many_cases.pages import GOAL, PageCost, measure_pages
from tools.many_cases.records import count, write_records

FOLDER = ROOT / "var" / "many-cases"


def main() -> int:
    """Fill, measure, and give the exit status: 1 where a page costs more than it may."""
    parser = argparse.ArgumentParser(prog="python -m tools.many_cases", description="案件を大量に用意して画面を測る")
    parser.add_argument("--cases", type=int, default=1_000_000, metavar="件", help="用意する案件の数")
    parser.add_argument("--keep", action="store_true", help="測らずにデータを残す")
    chosen = parser.parse_args()
    begin("many-cases")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    stack = Stack(FOLDER, ports=Ports.free(), hub=("web",), durable=False)
    with stack:
        began = time.monotonic()
        fill(stack, cases=chosen.cases)
        say(f"{chosen.cases:,} 件を {time.monotonic() - began:.0f} 秒で用意しました")
        if chosen.keep:
            say(f"データは {FOLDER.relative_to(ROOT)} にあります。HUB_FOLDER=var/many-cases make up で開きます")
            return 0
        costs = measure_pages(f"http://127.0.0.1:{stack.ports.web}", pids=lambda: _pids(stack))
    for cost in costs:
        say(_line(cost))
    shutil.rmtree(FOLDER, ignore_errors=True)
    return 0 if all(cost.processor_seconds <= GOAL and cost.status == 200 for cost in costs) else 1


def fill(stack: Stack, *, cases: int) -> None:
    """Load the sample retailers and people, one case, its copies, and what stands behind them."""
    database = Database(stack.owner_address)
    load_samples(database, stack.certificates)
    with database.transaction() as session:
        register_case(session, 0, today=day_of(business_now(session)))
    database.dispose()
    connection = psycopg2.connect(stack.owner_address)
    with connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        indexes = without_indexes(cursor)
        multiply(cursor, count=cases)
        for statement in indexes:
            cursor.execute(statement)
        write_records(cursor)
    count(database)
    database.dispose()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()


def _pids(stack: Stack) -> list[int]:
    return [pid for name in ("postgres", "web") if (pid := stack.parts[name].process.pid) is not None]


def _line(cost: PageCost) -> str:
    mark = "" if cost.processor_seconds <= GOAL and cost.status == 200 else "  ×"
    used, took = cost.processor_seconds * 1000, cost.seconds * 1000
    return f"{used:6.0f} ms ({took:6.0f} ms)  {cost.person.user_id}  {cost.path}{mark}"


if __name__ == "__main__":
    sys.exit(main())
