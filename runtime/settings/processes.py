"""One class for each process, with all its settings. What it does not name, it does not need."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator

from runtime.addresses import Network, networks_of
from runtime.settings.reading import ProcessSettings
from runtime.settings.shared import (
    BehindFrontSettings,
    BelievingSettings,
    DatabaseSettings,
    DataKeySettings,
    DeadlineSettings,
    GridCallSettings,
    GridRateSettings,
    HandoverSettings,
    KeepingSettings,
    MaintenanceSettings,
    MonitoredSettings,
    SlotSettings,
    SoapAddressSettings,
    SoapProcessSettings,
    SoapUrlSettings,
    TlsSettings,
    UseCaseSettings,
    WebAddressSettings,
    WebProcessSettings,
)


class SoapSettings(
    UseCaseSettings, SlotSettings, SoapUrlSettings, SoapProcessSettings, BelievingSettings, MonitoredSettings
):
    """Of ``soap_api.server``."""

    soap_renew_after: int = Field(default=20_000, ge=0)
    """SOAP のプロセスを新しいものに替えるまでの要求の数。0 は替えない"""
    soap_slots_file: Path | None = None
    """SOAP のプロセスが、使っているスレッドを互いに見せ合うファイル（なければ作る。消えてもよい）。プロセスを別々に起動
    するときは、1台のマシンの全プロセスに同じものを指定する。指定しなければ、1つの親から分かれたプロセスだけが見せ合う。マシ
    ンが複数なら、割合はマシンごとに数える"""
    soap_metrics_port: int = 0
    """SOAP の `/healthz` と `/metrics` のポート。プロセスが複数なら、続く番号も使う"""


class WebSettings(
    UseCaseSettings,
    SlotSettings,
    SoapAddressSettings,
    SoapUrlSettings,
    WebAddressSettings,
    WebProcessSettings,
    BelievingSettings,
    MonitoredSettings,
):
    """Of ``web.server``. It asks the SOAP face how it is, with the certificate for calls to grid operators."""

    web_key: SecretStr
    """画面の Cookie の署名鍵。変えると全員がログインし直す"""
    temporal_ui_url: str = "http://localhost:8233"
    """画面から Temporal UI へのリンク。広域機関の利用者だけに出る（[operations.md](operations.md)）"""
    web_client_certificates: bool = True
    """画面でも、用途「画面」で登録したクライアント証明書を求めるか（利用規約10.2）。手元では求めない。`HUB_WEB_PUBLIC_URL`
    が `https` でなければ（このマシンの中だけ）求めようがない"""
    sessions_each: int = Field(default=5, ge=1)
    """1人が同時にログインできる端末の数。超えると、いちばん古いログインが終わる"""
    web_samples: bool = False
    """画面部品の見本のページ（`/design`）を出すか。手元では出す"""
    web_renew_after: int = Field(default=20_000, ge=0)
    """画面のプロセスを新しいものに替えるまでの要求の数。0 は替えない"""
    web_metrics_port: int = 0
    """画面の `/healthz` と `/metrics` のポート。プロセスが複数なら、続く番号も使う"""

    @property
    def asks_for_certificates(self) -> bool:
        """Tell whether a browser has to show one; without encryption, which stays on this machine, none can."""
        return self.web_client_certificates and self.web_public_url.startswith("https:")


class WorkerSettings(UseCaseSettings, GridRateSettings, KeepingSettings, MonitoredSettings):
    """Of ``worker.py``. The rows of bulk files are use cases."""

    areas: str = "01,02,03,04,05,06,07,08,09,10"
    """ワーカーが受け持つエリア（`01,02,06`）"""
    grid_slots: int = 4
    """ワーカーの、エリアごとの同時呼び出し数"""
    step_within: float = 10.0
    """データベースの1歩を待つ秒数。過ぎるとやり直す"""
    call_within: float = 60.0
    """一般送配電事業者への1回の呼び出しを待つ秒数。過ぎるとやり直す。`HUB_GRID_CALL_TIMEOUT` の2倍より長くする"""
    bulk_slots: int = Field(default=2, ge=1)
    """一括処理の行を、ワーカーが並べて送る数。全事業者のファイルで分け合う。少ないほど、ほかの要求を待たせない"""
    unused_days: int = Field(default=90, ge=1)
    """利用者がこの日数のあいだログインしないと、自動で無効になる（管理者と広域機関の利用者を除く）"""
    worker_cached_cases: int = Field(default=500, ge=100)
    """ワーカーがメモリーに置く案件の数（1件およそ150 KiB、100以上）。ほかの案件は、出来事があったときに履歴から組み
    立てる。同時に処理する電文の数より多くする"""
    worker_deployment: str = "switching-hub"
    """Temporal でワーカーの版を区別する名前"""
    worker_build: str = ""
    """ワーカーの版。空なら区別しない。版を指定したワーカーは、その版が現行になるまで仕事を受けない
    （[changing-workflows.md](changing-workflows.md)）"""
    worker_metrics_port: int = 0
    """ワーカーの `/healthz` と `/metrics` のポート"""
    temporal_metrics_port: int = 0
    """ワーカーの中の Temporal ライブラリの `/metrics` のポート"""


class SweeperSettings(
    DatabaseSettings, DataKeySettings, GridCallSettings, MaintenanceSettings, HandoverSettings, MonitoredSettings
):
    """Of ``python -m sweeper``."""

    sweep_every: float = 1.0
    """届いていない電文を探す間隔（秒）"""
    sweep_after: float = 5.0
    """電文を探すまで、受け付けた窓口に任せる秒数"""
    keep_every: float = 20.0
    """案件とワークフローを突き合わせる間隔（秒）。違いは2回目に直す"""
    watch_every: float = 30.0
    """申請のあるエリアの処理状況を一括確認する間隔（秒）"""
    bulk_rows_kept_days: int = Field(default=90, ge=1)
    """一括処理のファイルの行の内容（氏名・住所を含む）を、ファイルが終わってから残す日数。過ぎると消え、件数だけが残る"""
    seal_every: float = Field(default=60.0, gt=0)
    """参照と変更の記録を封緘する間隔（秒）。記録する側は待たない"""
    sweeper_metrics_port: int = 0
    """スイーパーの `/healthz` と `/metrics` のポート"""


class MailSettings(DatabaseSettings, WebAddressSettings, MonitoredSettings):
    """Of ``mail.sender``."""

    smtp_host: str = "127.0.0.1"
    """使うメールサーバー。手元で指定すると自前の受信箱は起動しない"""
    smtp_port: int = 1025
    """メールサーバーのポート"""
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    """`starttls` は接続の後で、`tls` は初めから暗号化する。どちらもサーバーの証明書を確かめる"""
    smtp_authority: Path | None = None
    """メールサーバーの証明書の認証局（PEM）。なければシステムのもの"""
    smtp_user: str = ""
    """メールサーバーへのログイン。空ならログインしない"""
    smtp_password: SecretStr = SecretStr("")
    """そのパスワード"""
    smtp_timeout: float = 10.0
    """メールサーバーから次の1バイトが来るまで待つ秒数"""
    mail_from: str = "switching-hub@hub.example"
    """メールの差出人。Message-ID のドメインにもなる"""
    mail_every: float = 10.0
    """送るメールを、知らせがなくても探す間隔（秒）。案件が送ることにしたメールは、知らせを受けてすぐに送る"""
    mail_metrics_port: int = 0
    """メール送信の `/healthz` と `/metrics` のポート"""


class GridStubSettings(DatabaseSettings, TlsSettings, DeadlineSettings, MonitoredSettings):
    """Of ``grid_stub.server``, which stands in for the grid operators."""

    grid_stub_host: str = "127.0.0.1"
    """送配電スタブが待ち受けるアドレス"""
    grid_stub_port: int = 8444
    """送配電スタブが待ち受けるポート"""
    grid_stub_certificate: Path
    """送配電スタブのサーバー証明書と鍵（PEM）"""
    grid_stub_step_seconds: float = 2.0
    """送配電スタブの作業1段階の秒数（業務時間）"""
    grid_stub_metrics_port: int = 0
    """送配電スタブの `/healthz` と `/metrics` のポート"""


class FrontSettings(
    TlsSettings,
    SoapAddressSettings,
    SoapProcessSettings,
    WebAddressSettings,
    WebProcessSettings,
    BehindFrontSettings,
    MonitoredSettings,
):
    """Of ``deploy.front``, which writes Envoy's configuration."""

    web_host: str = "127.0.0.1"
    """フロントが画面を待ち受けるアドレス"""
    web_port: int = 8080
    """フロントが画面を待ち受けるポート"""
    soap_certificate: Path
    """SOAP のサーバー証明書と鍵（PEM）"""
    web_certificate: Path | None = None
    """画面のサーバー証明書と鍵（PEM）。`HUB_WEB_PUBLIC_URL` が `https` のとき使う。なければ SOAP のもの"""
    front_proxies: str = ""
    """フロントの前で TLS を終えるプロキシのアドレスかネットワーク（`10.0.0.5, 10.0.1.0/24`）。そこからの要求だけは、
    呼び出し元の証明書を `Client-Cert`（RFC 9440）から、接続元を `X-Forwarded-For` の最後から読む。ほかからの両ヘッダは
    捨てる（[operations.md](operations.md)）"""
    front_connections: int = Field(default=6000, ge=1)
    """フロントが保つ接続の合計"""
    front_connections_per_address: int = Field(default=512, ge=1)
    """接続元アドレスごとの、SOAP と画面を合わせた接続の数"""
    front_new_per_address: int = Field(default=100, ge=1)
    """接続元アドレスごとの、SOAP と画面を合わせた、1秒あたりの新しい接続の数"""
    front_request_within: float = Field(default=30.0, gt=0)
    """要求全体がフロントに届くまでの秒数。過ぎると `HUB-R009` を返す"""
    front_metrics_port: int = 0
    """フロントの `/healthz` と `/metrics` のポート"""

    @field_validator("front_proxies")
    @classmethod
    def _are_networks(cls, proxies: str) -> str:
        networks_of(proxies)
        return proxies

    @property
    def proxies(self) -> tuple[Network, ...]:
        return networks_of(self.front_proxies)


class ReconcilingSettings(DatabaseSettings, GridCallSettings):
    """Of the command ``python -m upkeep reconcile``."""


class DataKeyCommandSettings(DatabaseSettings, DataKeySettings):
    """Of the commands ``python -m upkeep keys``."""


class MaskingSettings(DatabaseSettings, DataKeySettings, KeepingSettings):
    """Of the command ``python -m upkeep mask``."""


class UpkeepSettings(UseCaseSettings, GridRateSettings, KeepingSettings):
    """Of the commands ``python -m upkeep``."""


PROCESSES: dict[str, type[ProcessSettings]] = {
    "deploy.front": FrontSettings,
    "soap_api.server": SoapSettings,
    "web.server": WebSettings,
    "sweeper": SweeperSettings,
    "worker.py": WorkerSettings,
    "mail.sender": MailSettings,
    "grid_stub.server": GridStubSettings,
    "upkeep": UpkeepSettings,
}
"""The settings of each process, by what is started."""
