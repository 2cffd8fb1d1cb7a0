"""``certificates``: client certificates are registered, replaced, changed and revoked (terms §10.3, 10.4)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import click

from models.certificates.operations import CertificateTaken, NoSuchCertificate
from models.certificates.queries import ListedCertificate
from models.participants.operations import DayOutOfReach
from rules.wording import plain_moment
from runtime.command_lines import Group
from runtime.terminal import is_agreed, say
from schemas.codes import CertificatePurpose
from upkeep.certificate_options import (
    CERTIFICATE_ID,
    SOURCES,
    naming_a_new_one,
    naming_one,
)
from upkeep.console import AGREED, MAINTAINER, NOT_DONE, Process, pass_process
from upkeep.named_person import in_the_name_of
from upkeep.reading import day, duration, listed, one_of, text
from usecases.actors import Person
from usecases.certificates.of_retailers import allow_certificates, set_api_start, stop_certificates
from usecases.certificates.registry import (
    CannotRegister,
    SeveralCertificates,
    change_certificate,
    register_certificate,
    replace_certificate,
    revoke_certificate,
)
from usecases.certificates.requests import (
    AllCertificatesRequest,
    ApiStartRequest,
    CertificateFacts,
    ChangeCertificateRequest,
    RegisterCertificateRequest,
    ReplaceCertificateRequest,
    RevokeCertificateRequest,
    WantedCertificate,
)
from usecases.certificates.seeing import see_certificate, see_certificates
from usecases.hub import Hub

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])
_HUB = "hub"
"""Said in the place of a retailer's code for the hub operator's own."""
_OF_RETAILER = click.argument("retailer", metavar="事業者", help="小売電気事業者のコード")


@click.group("certificates", cls=Group, help="クライアント証明書の登録・更新・変更・失効・停止、API利用開始日")
def certificates() -> None:
    """Stand above what is done with certificates."""


def _who_and_why(command: _Decorated) -> _Decorated:
    by = click.option("--by", required=True, metavar="ユーザーID", help="行う広域機関の担当者")
    reason = click.option("--reason", type=text("理由"), required=True, metavar="理由", help="記録に残る")
    return by(reason(command))


@certificates.command("list", help="登録されている証明書の一覧")
@click.option("--retailer", metavar="事業者", help="1事業者のものだけ")
@pass_process
def _list(process: Process, *, retailer: str | None) -> int:
    found = see_certificates(retailer, actor=MAINTAINER, hub=process.hub)
    for one in found:
        say(_line(one))
    say(f"{len(found)} 件")
    return AGREED


@certificates.command("show", help="証明書の登録内容と、行われたこと")
@naming_one
@pass_process
def _show(process: Process, *, wanted: WantedCertificate) -> int:
    found = see_certificate(wanted, actor=MAINTAINER, hub=process.hub)
    for seen in found:
        say(_line(seen.certificate))
        for label, value in _facts(seen.certificate):
            say(f"  {label}: {value}")
        for change in seen.changes:
            at = plain_moment(change.at)
            say(f"  {at}  {change.use_case.label}  {change.by_user}  {change.details}  理由: {change.reason}")
    if not found:
        say(_unknown(wanted.serial))
    return AGREED if found else NOT_DONE


@certificates.command("register", help="証明書を登録する。次の要求から使える")
@click.option("--retailer", required=True, metavar="事業者", help=f"事業者コード。広域機関のものは {_HUB}")
@click.option(
    "--purpose", type=one_of(CertificatePurpose), required=True, metavar="用途", help=listed(CertificatePurpose)
)
@naming_a_new_one
@_who_and_why
@pass_process
def _register(
    process: Process, *, by: str, reason: str, retailer: str, purpose: CertificatePurpose, facts: CertificateFacts
) -> int:
    request = RegisterCertificateRequest(
        retailer_code=None if retailer == _HUB else retailer,
        purpose=purpose,
        facts=facts,
        reason=reason,
    )

    def work(actor: Person, hub: Hub) -> int:
        return _say_done("登録しました", register_certificate(request, actor=actor, hub=hub))

    return _done(by, work, process=process)


@certificates.command("replace", help="証明書を新しいものに更新する。しばらくの間は両方を使える")
@naming_one
@click.option(
    "--beside",
    type=duration,
    default="30d",
    show_default=True,
    metavar="期間",
    help="両方を使える期間（古いものの期限まで）",
)
@naming_a_new_one
@_who_and_why
@pass_process
def _replace(
    process: Process,
    *,
    by: str,
    reason: str,
    wanted: WantedCertificate,
    beside: timedelta,
    facts: CertificateFacts,
) -> int:
    request = ReplaceCertificateRequest(old=wanted, new=facts, beside=beside, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        return _say_done("更新しました", replace_certificate(request, actor=actor, hub=hub))

    return _done(by, work, process=process)


@certificates.command("change", help="接続元IPアドレスなど、登録内容を変える。指定しないものは変えない")
@naming_one
@SOURCES
@CERTIFICATE_ID
@click.option("--device", type=text("装置"), metavar="装置")
@click.option("--holder", type=text("管理者"), metavar="名前")
@_who_and_why
@pass_process
def _change(
    process: Process,
    *,
    by: str,
    reason: str,
    wanted: WantedCertificate,
    sources: tuple[str, ...],
    certificate_id: str | None,
    device: str | None,
    holder: str | None,
) -> int:
    request = ChangeCertificateRequest(
        wanted=wanted,
        certificate_id=certificate_id,
        source_addresses=sources or None,
        device=device,
        holder=holder,
        reason=reason,
    )

    def work(actor: Person, hub: Hub) -> int:
        return _say_done("変更しました", change_certificate(request, actor=actor, hub=hub))

    return _done(by, work, process=process)


@certificates.command("revoke", help="証明書を失効させる。次の要求から使えず、元には戻せない")
@naming_one
@_who_and_why
@click.option("--yes", is_flag=True, help="確かめずに行う")
@pass_process
def _revoke(process: Process, *, by: str, reason: str, yes: bool, wanted: WantedCertificate) -> int:
    request = RevokeCertificateRequest(wanted=wanted, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        found = [_line(seen.certificate) for seen in see_certificate(wanted, actor=actor, hub=hub)]
        if found and not is_agreed([*found, "次の要求から使えなくなります。元には戻せません。"], yes=yes):
            return NOT_DONE
        return _say_done("失効しました", revoke_certificate(request, actor=actor, hub=hub))

    return _done(by, work, process=process)


@certificates.command("stop", help="事業者のすべての証明書の利用を停止する（利用規約10.4）。次の要求から効く")
@_OF_RETAILER
@_who_and_why
@click.option("--yes", is_flag=True, help="確かめずに行う")
@pass_process
def _stop(process: Process, *, retailer: str, by: str, reason: str, yes: bool) -> int:
    request = AllCertificatesRequest(retailer_code=retailer, reason=reason)
    consequence = f"小売電気事業者 {retailer} は、次の要求から、APIも画面も使えなくなります。"

    def work(actor: Person, hub: Hub) -> int:
        if not is_agreed([consequence], yes=yes):
            return NOT_DONE
        stop_certificates(request, actor=actor, hub=hub)
        say(f"小売電気事業者 {retailer} のすべての証明書の利用を停止しました。")
        return AGREED

    return _done(by, work, process=process)


@certificates.command("allow", help="利用の停止を解く。失効した証明書は使えないまま")
@_OF_RETAILER
@_who_and_why
@pass_process
def _allow(process: Process, *, retailer: str, by: str, reason: str) -> int:
    request = AllCertificatesRequest(retailer_code=retailer, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        allow_certificates(request, actor=actor, hub=hub)
        say(f"小売電気事業者 {retailer} の証明書の利用の停止を解除しました。")
        return AGREED

    return _done(by, work, process=process)


@certificates.command("api-start", help="API利用開始日を定める。その日まで、事業者のシステムは接続できない")
@_OF_RETAILER
@click.option("--from", "first_day", type=day, required=True, metavar="YYYY-MM-DD", help="API利用開始日（業務日付）")
@_who_and_why
@pass_process
def _api_start(process: Process, *, retailer: str, first_day: date, by: str, reason: str) -> int:
    request = ApiStartRequest(retailer_code=retailer, day=first_day, reason=reason)

    def work(actor: Person, hub: Hub) -> int:
        set_api_start(request, actor=actor, hub=hub)
        say(f"小売電気事業者 {retailer} のAPI利用開始日を {first_day} としました。")
        return AGREED

    return _done(by, work, process=process)


def _say_done(words: str, certificate: ListedCertificate) -> int:
    say(f"{words}: {_line(certificate)}")
    return AGREED


def _done(by: str, work: Callable[[Person, Hub], int], *, process: Process) -> int:
    """Do some work on a certificate as somebody, or say why it is not done."""

    def tried(actor: Person, hub: Hub) -> int:
        try:
            return work(actor, hub)
        except (CannotRegister, CertificateTaken) as problem:
            say(f"行いませんでした: {problem}")
        except NoSuchCertificate as serial:
            say(f"行いませんでした: {_unknown(str(serial))}")
        except SeveralCertificates as issuers:
            say(f"行いませんでした: 同じシリアル番号の証明書が複数あります。--issuer で選んでください: {issuers}")
        except DayOutOfReach as day_given:
            say(f"行いませんでした: {day_given} は扱える日付ではありません。")
        return NOT_DONE

    return in_the_name_of(by, tried, process=process)


def _unknown(serial: str) -> str:
    return f"シリアル番号 {serial} の証明書は登録されていません。一覧は certificates list で見られます。"


def _line(one: ListedCertificate) -> str:
    owner = "広域機関" if one.retailer_code is None else one.retailer_code
    state = f"期限 {plain_moment(one.expires_at)}"
    if one.replaced_until is not None:
        state += f"  {one.successor_serial} に更新（{plain_moment(one.replaced_until)} まで併用）"
    if one.revoked_at is not None:
        state += f"  失効 {plain_moment(one.revoked_at)}"
    if one.stopped_at is not None:
        state += f"  利用停止中（{plain_moment(one.stopped_at)} から、事業者のすべて）"
    return f"{owner}  {one.purpose.label}  {one.serial}  {state}"


def _facts(one: ListedCertificate) -> list[tuple[str, str]]:
    return [
        ("発行者", one.issuer),
        ("指紋（SHA-256）", one.fingerprint or "（ファイルなしで登録）"),
        ("証明書ID", one.certificate_id or "（なし）"),
        ("接続元", " ".join(one.source_addresses) or "（制限なし）"),
        ("装置", one.device),
        ("管理者", one.holder),
    ]
