"""The messages of the hub (メッセージ仕様書): one stable code for each kind of refusal.

``HUB-T`` transport and form of the envelope, ``HUB-A`` access, ``HUB-F`` form of a field,
``HUB-B`` business check, ``HUB-S`` state of the case, ``HUB-I`` identity of the message,
``HUB-R`` try again.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class RefusalCode(StrEnum):
    """Stable codes. A code is never given a second meaning."""

    METHOD_NOT_ALLOWED = "HUB-T001"
    UNSUPPORTED_CONTENT_TYPE = "HUB-T002"
    UNSUPPORTED_CONTENT_ENCODING = "HUB-T003"
    TOO_LARGE = "HUB-T004"
    NOT_WELL_FORMED = "HUB-T005"
    DOCTYPE = "HUB-T006"
    BAD_ENVELOPE = "HUB-T007"
    UNKNOWN_OPERATION = "HUB-T008"
    MUST_UNDERSTAND = "HUB-T009"
    UNKNOWN_ADDRESS = "HUB-T010"
    BAD_REQUEST = "HUB-T011"
    NO_CERTIFICATE = "HUB-A001"
    CERTIFICATE_NOT_REGISTERED = "HUB-A002"
    CERTIFICATE_REVOKED = "HUB-A003"
    CERTIFICATE_EXPIRED = "HUB-A004"
    SOURCE_ADDRESS = "HUB-A005"
    RETAILER_NOT_ACTIVE = "HUB-A006"
    CERTIFICATE_NOT_YET_VALID = "HUB-A007"
    CERTIFICATE_REPLACED = "HUB-A008"
    CERTIFICATE_PURPOSE = "HUB-A009"
    API_NOT_STARTED = "HUB-A010"
    CERTIFICATES_STOPPED = "HUB-A011"
    FORM = "HUB-F001"
    BUSINESS = "HUB-B001"
    POINT_BUSY = "HUB-B002"
    NO_SUCH_CASE = "HUB-S001"
    WRONG_STATE = "HUB-S002"
    VERSION_DIFFERS = "HUB-S003"
    DEADLINE_PASSED = "HUB-S004"
    NO_SUCH_APPLICATION = "HUB-S005"
    SAME_ID_OTHER_CONTENT = "HUB-I001"
    TOO_MANY_COMMANDS = "HUB-I002"
    TOO_MANY_IN_FLIGHT = "HUB-R001"
    OUTCOME_OPEN = "HUB-R002"
    GRID_UNREACHABLE = "HUB-R003"
    INTERNAL = "HUB-R004"
    GRID_MAINTENANCE = "HUB-R005"
    OVERLOADED = "HUB-R006"
    EXHAUSTED = "HUB-R007"
    NO_SLOT = "HUB-R008"
    TOO_SLOW = "HUB-R009"
    GRID_REFUSED = "HUB-B003"


class Repeat(Enum):
    """Which message id a message bears when it is sent again, mended where it has to be."""

    SAME_ID = "同じID"
    """Nothing was taken under the id, or what came of it is not known: the same id cannot do anything twice."""
    EITHER_ID = "どちらでも"
    """Nothing was taken under the id, and what is sent next is another message."""
    NEW_ID = "新しいID"
    """The id has its answer for good: under it, the same refusal comes again, or HUB-I001."""


@dataclass(frozen=True)
class Words:
    """What a code says, what the reader can do, and whether the same message may be sent again, and how."""

    text: str
    action: str
    retryable: bool = False
    retry_after: int | None = None
    """Seconds to wait before the next try at the least; said in the header Retry-After."""
    repeat: Repeat = Repeat.SAME_ID


_REPEAT = "同じメッセージIDのまま、時間をおいて再送してください。"

REFUSAL_WORDS: dict[RefusalCode, Words] = {
    RefusalCode.METHOD_NOT_ALLOWED: Words(
        "このアドレスはPOSTだけを受け付けます。", "SOAP要求をPOSTで送信してください。WSDLは「?wsdl」で取得できます。"
    ),
    RefusalCode.UNSUPPORTED_CONTENT_TYPE: Words(
        "Content-Typeが受け付けられません。", "「text/xml; charset=utf-8」で送信してください。"
    ),
    RefusalCode.UNSUPPORTED_CONTENT_ENCODING: Words(
        "圧縮された電文は受け付けません。", "Content-Encodingを付けずに送信してください。"
    ),
    RefusalCode.TOO_LARGE: Words("電文が大きすぎます。", "1電文を1MiB以下に分けて送信してください。"),
    RefusalCode.NOT_WELL_FORMED: Words(
        "電文がXMLとして読み取れません。", "文字コードとタグの対応を確認して送信してください。"
    ),
    RefusalCode.DOCTYPE: Words(
        "DOCTYPE宣言を含む電文は受け付けません。", "DOCTYPE宣言とエンティティ定義を除いて送信してください。"
    ),
    RefusalCode.BAD_ENVELOPE: Words(
        "SOAP 1.1のEnvelopeとして正しくありません。", "Envelopeの中にBodyを1つ、その中に要求を1つ置いてください。"
    ),
    RefusalCode.UNKNOWN_OPERATION: Words(
        "このアドレスにない業務の要求です。", "WSDLにある要求名と名前空間を確認してください。"
    ),
    RefusalCode.MUST_UNDERSTAND: Words(
        "mustUnderstandが指定されたSOAPヘッダを処理できません。", "SOAPヘッダを付けずに送信してください。"
    ),
    RefusalCode.UNKNOWN_ADDRESS: Words("このアドレスは存在しません。", "WSDLに記載のアドレスへ送信してください。"),
    RefusalCode.BAD_REQUEST: Words(
        "HTTP要求として受け付けられません。", "HTTP/1.1の要求の形と、ヘッダの個数と長さを確認して送信してください。"
    ),
    RefusalCode.NO_CERTIFICATE: Words(
        "クライアント証明書が提示されていません。", "登録済みのクライアント証明書で接続してください。"
    ),
    RefusalCode.CERTIFICATE_NOT_REGISTERED: Words(
        "このクライアント証明書は登録されていません。", "利用規約6.の利用申請で証明書を登録してください。"
    ),
    RefusalCode.CERTIFICATE_REVOKED: Words(
        "このクライアント証明書は失効しています。", "新しい証明書を登録して接続してください。"
    ),
    RefusalCode.CERTIFICATE_EXPIRED: Words(
        "このクライアント証明書は有効期限が切れています。", "更新した証明書を登録して接続してください。"
    ),
    RefusalCode.CERTIFICATE_NOT_YET_VALID: Words(
        "このクライアント証明書は有効期間がまだ始まっていません。",
        "有効期間が始まるまで、現在有効な証明書で接続してください。",
    ),
    RefusalCode.CERTIFICATE_REPLACED: Words(
        "このクライアント証明書は、更新後の証明書と並べて使える期間が終わっています。",
        "更新後の証明書で接続してください。",
    ),
    RefusalCode.CERTIFICATE_PURPOSE: Words(
        "このクライアント証明書は、この用途で登録されていません。",
        "API連携と画面には、それぞれの用途で登録した証明書で接続してください。",
    ),
    RefusalCode.API_NOT_STARTED: Words(
        "API利用開始日になっていません。",
        "API利用開始日から送信してください。開始日の変更は、利用規約6.の利用申請によります。",
    ),
    RefusalCode.CERTIFICATES_STOPPED: Words(
        "この事業者のクライアント証明書は、すべて利用を停止しています。", "広域機関ヘルプデスクへお問い合わせください。"
    ),
    RefusalCode.SOURCE_ADDRESS: Words(
        "登録されていない接続元IPアドレスです。", "利用規約6.の利用申請で接続元IPアドレスを登録してください。"
    ),
    RefusalCode.RETAILER_NOT_ACTIVE: Words(
        "この事業者は現在利用できません。", "広域機関ヘルプデスクへお問い合わせください。"
    ),
    RefusalCode.FORM: Words(
        "入力項目に誤りがあります。",
        "指摘された項目をすべて直して送信してください。",
        repeat=Repeat.EITHER_ID,
    ),
    RefusalCode.BUSINESS: Words(
        "業務チェックで受け付けられません。",
        "指摘された項目を直し、新しいメッセージIDで送信してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.POINT_BUSY: Words(
        "この地点では別の手続きが進行中です。",
        "進行中の手続きが終わってから、新しいメッセージIDで登録してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.NO_SUCH_CASE: Words(
        "該当する案件がありません。",
        "廃止取次番号を確認し、新しいメッセージIDで送信してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.WRONG_STATE: Words(
        "案件の現在の状態では受け付けられません。",
        "案件の状態を照会して確認してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.VERSION_DIFFERS: Words(
        "取次の内容が訂正されています。",
        "廃止取次照会で最新の版を確認し、その版を指定して、新しいメッセージIDで判断を送信してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.DEADLINE_PASSED: Words(
        "期限を過ぎています。", "案件の状態を照会して確認してください。", repeat=Repeat.NEW_ID
    ),
    RefusalCode.NO_SUCH_APPLICATION: Words(
        "該当する申請がありません。",
        "申請番号を確認し、新しいメッセージIDで送信してください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.SAME_ID_OTHER_CONTENT: Words(
        "同じメッセージIDで内容の異なる電文を受付済みです。",
        "新しい要求には新しいメッセージIDを付けてください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.TOO_MANY_COMMANDS: Words(
        "この案件に対する要求の上限(200件)に達しました。",
        "広域機関ヘルプデスクへお問い合わせください。",
        repeat=Repeat.NEW_ID,
    ),
    RefusalCode.TOO_MANY_IN_FLIGHT: Words(
        "この案件に対する処理中の要求が5件あります。", _REPEAT, retryable=True, retry_after=5
    ),
    RefusalCode.OUTCOME_OPEN: Words(
        "要求は保存されましたが、結果がまだ確定していません。",
        "同じメッセージIDで再送すると、確定した結果をお返しします。",
        retryable=True,
        retry_after=5,
    ),
    RefusalCode.GRID_UNREACHABLE: Words(
        "一般送配電事業者のシステムに接続できません。", _REPEAT, retryable=True, retry_after=30
    ),
    RefusalCode.GRID_MAINTENANCE: Words(
        "一般送配電事業者のシステムはメンテナンス中です。",
        "メンテナンスの終了後に、同じメッセージIDのまま再送してください。",
        retryable=True,
    ),
    RefusalCode.OVERLOADED: Words(
        "ただいま要求が混み合っているため、受け付けられません。",
        "同じメッセージIDのまま、Retry-Afterヘッダの秒数以上の間隔をあけて再送してください。",
        retryable=True,
        retry_after=5,
    ),
    RefusalCode.NO_SLOT: Words(
        "同時に処理できる数を超えたため、受け付けられません。",
        "同時に送信する数を減らし、同じメッセージIDのまま、Retry-Afterヘッダの秒数以上の間隔をあけて再送してください。",
        retryable=True,
        retry_after=2,
    ),
    RefusalCode.TOO_SLOW: Words(
        "要求全体が時間内に届きませんでした。",
        "通信の状態を確認し、同じメッセージIDのまま再送してください。",
        retryable=True,
        retry_after=5,
    ),
    RefusalCode.EXHAUSTED: Words("システムの資源が一時的に不足しています。", _REPEAT, retryable=True, retry_after=10),
    RefusalCode.INTERNAL: Words("システム内部で誤りが発生しました。", _REPEAT, retryable=True, retry_after=10),
    RefusalCode.GRID_REFUSED: Words(
        "一般送配電事業者が要求を受け付けませんでした。",
        "指摘された項目を確認して送信してください。",
        repeat=Repeat.EITHER_ID,
    ),
}
