"""What a fault of the hub carries in its detail: the typed form of a refusal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from schemas import fields
from schemas.codes import Flag
from schemas.fields import Field, group

MAX_FINDINGS = 200
"""How many findings one fault tells at most; the rest are left for the next attempt."""

_PATH = Field(
    "項目", "誤りのある項目の位置。電文全体についての指摘では省略する。", example="consent/obtainedOn", max_length=200
)
_LABEL = Field("項目名", "誤りのある項目の日本語名。", example="同意取得日", max_length=60)
_SENTENCE = Field("内容", "何が誤りか。", example="同意取得日は必須です。", max_length=1000)
_CODE = Field("メッセージコード", "メッセージ仕様書のコード。", example="HUB-F001", max_length=10)


@dataclass(frozen=True, kw_only=True)
class FaultFinding:
    """One thing that is wrong."""

    field: Annotated[str | None, _PATH]
    label: Annotated[str | None, _LABEL]
    rule: Annotated[str, fields.RULE_NAME.called("規則", "守られていない規則の名前。")]
    message: Annotated[str, _SENTENCE]
    action: Annotated[str, _SENTENCE.called("対処", "送信者ができること。")]


@dataclass(frozen=True, kw_only=True)
class FaultFindings:
    """All that is wrong, in the order of the message."""

    finding: Annotated[tuple[FaultFinding, ...], group("指摘", "誤り1件。", max_items=MAX_FINDINGS)]


@dataclass(frozen=True, kw_only=True)
class HubFault:
    """Why a message was not carried out."""

    code: Annotated[str, _CODE]
    message: Annotated[str, _SENTENCE.called("内容", "コードの意味。")]
    action: Annotated[str, _SENTENCE.called("対処", "送信者ができること。")]
    retryable: Annotated[Flag, fields.FLAG.called("再送可否", "同じメッセージIDのまま再送してよいか。")]
    message_id: Annotated[
        str | None, fields.MESSAGE_ID.called("メッセージID", "読み取れたときの、要求のメッセージID。")
    ]
    findings: Annotated[FaultFindings | None, group("指摘一覧", "誤りのある項目のすべて。")]
    resumes_at: Annotated[
        datetime | None, fields.MOMENT.called("再開予定日時", "メンテナンスのとき、それが終わる予定の日時。")
    ] = None
