"""Settings that several processes use, by what they are needed for."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from runtime.addresses import Address, address_of, is_own_machine
from runtime.data_keys import KeySource
from runtime.postgres_address import address_parts
from runtime.settings.reading import ProcessSettings


def _names_a_port(address: str) -> str:
    host, _, port = address.rpartition(":")
    if address and not (host and port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
        raise ValueError("アドレス:ポート の形ではありません / is not host:port")
    return address


def _leads_to_areas(address: str) -> str:
    try:
        address.format(area="01", segment="low_voltage")
    except (LookupError, ValueError):
        raise ValueError("{area} と {segment} のほかは埋められません / has other parts than these to fill in") from None
    return address


_ListenAddress = Annotated[str, AfterValidator(_names_a_port)]
_AddressOfAreas = Annotated[str, AfterValidator(_leads_to_areas)]


class DatabaseSettings(ProcessSettings):
    """Of a process that uses the database."""

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    """使うデータベース（`postgresql://…`。`host1:5432,host2:5432`、`target_session_attrs`、`sslmode`、`options` など
    も使える）。手元で指定すると自前の PostgreSQL は起動しない"""

    @field_validator("database_url")
    @classmethod
    def _can_be_read(cls, url: SecretStr) -> SecretStr:
        address_parts(url.get_secret_value())
        return url

    @property
    def database_address(self) -> str:
        return self.database_url.get_secret_value()


class DataKeySettings(ProcessSettings):
    """Of a process that reads or writes personal data."""

    data_keys_file: Path | None = None
    """`HUB_DATA_KEYS` の代わりに、鍵を1行に1つ書いたファイル。書き換えると、動いているプロセスもおよそ1秒で読み直す
    （[operations.md](operations.md)）"""
    data_keys: SecretStr = Field(default=SecretStr(""), validate_default=True)
    """個人データを暗号化する鍵（`ID:鍵 ID:鍵 …`。鍵は32バイトのBase64）。先頭の鍵で書き、どの鍵でも読む。これか
    `HUB_DATA_KEYS_FILE` のどちらかが要る。作るには `.venv/bin/python -m upkeep keys new`"""

    @field_validator("data_keys_file")
    @classmethod
    def _holds_keys(cls, file: Path | None) -> Path | None:
        if file is not None:
            try:
                KeySource(file=file)
            except OSError as problem:
                raise ValueError(f"読めません / cannot be read: {problem.strerror}") from None
        return file

    @field_validator("data_keys")
    @classmethod
    def _are_keys(cls, keys: SecretStr, others: ValidationInfo) -> SecretStr:
        if others.data.get("data_keys_file", others) is None:
            if not keys.get_secret_value():
                raise PydanticCustomError("missing", "neither keys nor a file of keys")
            KeySource(text=keys.get_secret_value())
        return keys

    @property
    def key_source(self) -> KeySource:
        return KeySource(text=self.data_keys.get_secret_value(), file=self.data_keys_file)


class KeepingSettings(ProcessSettings):
    """Of a process that masks personal data after a time."""

    personal_data_days: int = Field(default=1826, ge=1, le=36_500)
    """案件の終わりから、需要者の個人データを消すまでの日数（業務日時）。案件と案件履歴は残る"""


class MonitoredSettings(ProcessSettings):
    """Of a process that says at a port of its own how it is."""

    monitoring_host: str = "127.0.0.1"
    """各プロセスが `/healthz` と `/metrics` に答えるアドレス。ポートはプロセスごとの `HUB_…_METRICS_PORT` で、0 は待
    ち受けない"""


class TlsSettings(ProcessSettings):
    """Of a process that speaks mutual TLS."""

    tls_authority: Path
    """双方が信頼する認証局の証明書（PEM）"""


class GridCallSettings(TlsSettings):
    """Of a process that calls the grid operators."""

    grid_url: _AddressOfAreas = "https://localhost:8444/grid/{area}/{segment}"
    """一般送配電事業者のアドレス。`{area}` は 01〜10、`{segment}` は区分のコード"""
    grid_client_certificate: Path
    """一般送配電事業者を呼ぶときのクライアント証明書と鍵（PEM）"""
    grid_connect_timeout: float = 3.0
    """一般送配電事業者に接続できるまで待つ秒数"""
    grid_read_timeout: float = 10.0
    """一般送配電事業者から次の1バイトが来るまで待つ秒数。過ぎると結果は不明"""
    grid_call_timeout: float = 25.0
    """接続した後の、1回の呼び出し全体の秒数。少しずつ答えが来続けても、ここで打ち切る"""


class MaintenanceSettings(ProcessSettings):
    """Of a process that says or heeds when the grid operators are not asked."""

    maintenance_windows: str = "* sun 00:00-06:00"
    """一般送配電事業者のメンテナンス時間（業務日時）。`* sun 00:00-06:00; 06 sat 22:00-24:00; 10 none` のように、エ
    リアの指定は全体（`*`）に代わる。照会には終了時刻を示して `HUB-R005` を返し、申請は終わりを待って送る"""


class DeadlineSettings(ProcessSettings):
    """Of a process that reckons deadlines."""

    deadline_profile: Literal["standard", "demo"] = "standard"
    """期限の規則。`standard` か `demo`。`demo` は同じ日の切り替えを許す。`.venv/bin/python -m upkeep deadlines set`
    で定めた規則は、その日付からこれに代わる"""


class HandoverSettings(ProcessSettings):
    """Of a process that hands commands to workflows."""

    answer_within: float = 10.0
    """ワークフローの結果を待つ秒数。過ぎると「結果未確定、同じIDで再送」を返す"""


class GridRateSettings(ProcessSettings):
    """Of a process that sets or shows how often grid operators are called."""

    grid_rate: str = "* 5"
    """案件の呼び出し（申請など）の、1秒あたりの上限（エリアごと、全ワーカーの合計）。`* 5; 06 1` のように、エリアの
    指定は全体（`*`）に代わる。動かしたまま変えるには `.venv/bin/python -m upkeep areas`"""


class UseCaseSettings(
    DatabaseSettings, DataKeySettings, GridCallSettings, MaintenanceSettings, DeadlineSettings, HandoverSettings
):
    """Of a process that carries out use cases."""

    message_key: SecretStr
    """電文の同一性を確かめる鍵。電文を保存している間は変えない"""
    inquiry_failures: int = Field(default=5, ge=1)
    """エリアへの照会がこの回数続けて失敗すると、しばらくの間は問い合わせずに HUB-R003 を返す"""
    inquiry_pause: float = Field(default=15.0, gt=0)
    """その秒数。過ぎると照会1件が試す"""
    inquiry_slow: float = Field(default=5.0, gt=0)
    """この秒数より遅い回答も、失敗と数える。回答そのものは照会した人に返す"""


class SlotSettings(ProcessSettings):
    """Of a face, whose threads many callers share (:mod:`runtime.slots`)."""

    retailer_share: float = Field(default=0.5, gt=0, le=1)
    """1事業者の要求が同時に使えるスレッドの割合（全プロセスの合計に対して）。照会のスレッド、エリアごとのスレッドにも同
    じ割合を使う。超えた要求は、空きを `HUB_SLOT_WAIT` だけ待ち、`HUB-R008` になる（[operations.md](operations.md)）"""
    inquiry_share: float = Field(default=0.5, gt=0, lt=1)
    """一般送配電事業者の回答を待つ要求が使えるスレッドの割合（プロセスごと）。残りは、照会以外の要求のために空けておく"""
    area_share: float = Field(default=0.25, gt=0, lt=1)
    """そのうち、1エリアへの照会が使えるスレッドの割合（全プロセスの合計に対して）"""
    slot_wait: float = Field(default=0.5, ge=0)
    """空きを待つ秒数。待てるのはプロセスのスレッドの4分の1までで、それ以上は待たずに `HUB-R008` になる。処理状況の確
    認は、待っても空きがなければ、システムの記録から答える"""


class BehindFrontSettings(ProcessSettings):
    """Of a process that the front stands before, and of the front."""

    socket_folder: Path = Path("/run/switching-hub")
    """フロントとプロセスの間の Unix ソケットを置くフォルダー。両方を動かす利用者だけが開けること（0700）"""


class BelievingSettings(BehindFrontSettings):
    """Of a process that believes the front."""

    front_addresses: str = ""
    """TCP で待ち受けるプロセスが信じるフロントのアドレス（`10.0.0.5, 10.0.0.6`）。ほかの相手が言う証明書と接続元は使わ
    ない"""

    @field_validator("front_addresses")
    @classmethod
    def _are_addresses(cls, addresses: str) -> str:
        for address in addresses.replace(",", " ").split():
            address_of(address)
        return addresses

    @property
    def fronts(self) -> frozenset[Address]:
        return frozenset(address_of(address) for address in self.front_addresses.replace(",", " ").split())


class SoapProcessSettings(ProcessSettings):
    """Of the SOAP processes, and of the front that shares out requests among them."""

    soap_listen: _ListenAddress = ""
    """SOAP のプロセスが待ち受ける `アドレス:ポート`（プロセスが複数なら、続く番号も使う）。空なら Unix ソケット"""
    soap_workers: int = Field(default=1, ge=1)
    """SOAP のプロセス数"""
    soap_threads: int = Field(default=16, ge=1)
    """SOAP の1プロセスが並べて答える電文の数"""


class WebProcessSettings(ProcessSettings):
    """Of the processes of the screens, and of the front that shares out requests among them."""

    web_listen: _ListenAddress = ""
    """画面のプロセスが待ち受ける `アドレス:ポート`（プロセスが複数なら、続く番号も使う）。空なら Unix ソケット"""
    web_workers: int = Field(default=1, ge=1)
    """画面のプロセス数"""
    web_threads: int = Field(default=8, ge=1)
    """画面の1プロセスが並べて答える要求の数"""


class SoapAddressSettings(ProcessSettings):
    """Of a process that leads to the SOAP face."""

    soap_host: str = "127.0.0.1"
    """フロントが SOAP を待ち受けるアドレス"""
    soap_port: int = 8443
    """フロントが SOAP を待ち受けるポート"""


class SoapUrlSettings(ProcessSettings):
    """Of a process that tells others where the SOAP face is."""

    soap_public_url: str = "https://localhost:8443"
    """WSDL に書くアドレス（パスなし）"""


class WebAddressSettings(ProcessSettings):
    """Of a process that serves the screens, or leads to them."""

    web_public_url: str = "http://localhost:8080"
    """画面のアドレス（パスなし）。`https` 以外はこのマシンの中だけ。`https` なら Cookie も暗号化された接続だけで送る"""

    @field_validator("web_public_url")
    @classmethod
    def _is_encrypted(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_own_machine(parts.hostname)):
            raise ValueError("must be https, except on this machine")
        return url.rstrip("/")
