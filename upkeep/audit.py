"""``audit``: proving the records of reads and changes, and searching them."""

from datetime import date

import click

from models.database import Database
from models.records.search import RecordFilter, RecordLine
from rules.records.proof import Breach
from rules.records.seals import RecordKind
from rules.wording import plain_moment
from runtime.command_lines import Command, Group
from runtime.settings.shared import DatabaseSettings
from runtime.terminal import say
from upkeep.console import AGREED, DIFFERS, MAINTAINER, Process, pass_process
from upkeep.named_person import in_the_name_of
from upkeep.reading import day, one_of
from usecases.actors import Person
from usecases.hub import Hub, Systems
from usecases.records.proving import ProofRequest, prove_records
from usecases.records.searching import RecordSearchRequest, search_records


def _noted(word: str) -> tuple[int, str]:
    number, _, noted = word.partition(":")
    if not (number.isascii() and number.isdecimal() and noted):
        raise click.BadParameter(f"番号:ハッシュ の形で指定してください: {word}")
    return int(number), noted.lower()


@click.group("audit", cls=Group, help="参照と変更の記録を証明する・探す")
def audit() -> None:
    """Stand above what is done with records."""


@audit.command("verify", cls=Command, help="記録が封緘されたままであることを確かめる")
@click.option(
    "--published", type=_noted, metavar="番号:ハッシュ", help="公表されたものと比べる（画面「記録の封緘」、ログ）"
)
@pass_process
def _verify(process: Process, *, published: tuple[int, str] | None) -> int:
    hub = Systems(database=Database(process.settings_for(DatabaseSettings).database_address))
    proof = prove_records(ProofRequest(published=published), actor=MAINTAINER, hub=hub)
    if proof.misfit is not None:
        say(f"合いません: {_words(proof.misfit)}")
        return DIFFERS
    newest = proof.newest
    if newest is None:
        say("封緘された記録はまだありません。")
    else:
        say(f"合っています: 参照 {newest.reads} 件、変更 {newest.changes} 件")
        say(f"最新の封緘 {newest.number}:{newest.hash}（{plain_moment(newest.sealed_at)}）")
    if proof.not_sealed.rows:
        waits = int(proof.not_sealed.age.total_seconds())
        say(f"まだ封緘されていない記録 {proof.not_sealed.rows} 件（最古は {waits} 秒前）")
    if proof.may_be_changed:
        say("注意: データベースに、記録を変えられる役割で入っています。本番では hub_product にしてください。")
    return AGREED


@audit.command("search", cls=Command, help="記録を探す（新しい順に50件まで。探したことも記録される）")
@click.option("--by", required=True, metavar="ユーザーID", help="探す広域機関の担当者")
@click.option("--kind", type=one_of(RecordKind), default="read", metavar="種類", help="read 参照、change 変更")
@click.option("--number", type=str, metavar="番号", help="廃止取次番号、申請番号、供給地点特定番号")
@click.option("--user", "user_id", type=str, metavar="ユーザーID", help="参照・変更した人")
@click.option("--retailer", "retailer_code", type=str, metavar="事業者コード", help="参照・変更した事業者")
@click.option("--from", "first", type=day, metavar="日付", help="この日から（業務日付）")
@click.option("--to", "last", type=day, metavar="日付", help="この日まで")
@click.option("--purpose", type=str, metavar="目的", help="画面や業務の名前の一部、インターフェース番号")
@pass_process
def _search(
    process: Process,
    *,
    by: str,
    kind: RecordKind,
    number: str | None,
    user_id: str | None,
    retailer_code: str | None,
    first: date | None,
    last: date | None,
    purpose: str | None,
) -> int:
    wanted = RecordFilter(
        kind=kind,
        number=number,
        user_id=user_id,
        retailer_code=retailer_code,
        first=first,
        last=last,
        purpose=purpose,
    )

    def work(actor: Person, hub: Hub) -> int:
        with hub.database.transaction() as session:
            page = search_records(RecordSearchRequest(record_filter=wanted), actor=actor, session=session)
        for line in page.items:
            say(_line(line))
        say(f"{len(page.items)} 件" + ("（ほかにもあります。条件を足してください）" if page.after else ""))
        return AGREED

    return in_the_name_of(by, work, process=process)


def _words(breach: Breach) -> str:
    row = "" if breach.kind is None else f"{breach.kind.label}の記録 {breach.row_id}"
    seal = "" if breach.seal is None else f"封緘 {breach.seal}"
    return f"{'、'.join(each for each in (row, seal) if each)}: {breach.misfit.label}"


def _line(line: RecordLine) -> str:
    who = "・".join(each for each in (line.retailer_code or "広域機関", line.user_id) if each)
    why = line.purpose or line.interface_number
    return "  ".join((plain_moment(line.at), who, line.source_address or "－", line.subject or "－", why))
