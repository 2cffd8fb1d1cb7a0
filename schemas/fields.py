"""The fields of the contract: name, meaning and form, each defined once.

A message (``schemas.interfaces``) is a frozen dataclass whose attributes are annotated with these.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from schemas import characters, codes
from schemas.characters import CharacterRule
from schemas.codes import Code, Segment


class Form(StrEnum):
    """How a field is written: in XML, in a form, in a CSV cell."""

    TEXT = "text"
    DATE = "date"
    """``2026-08-12``, a day in Japan."""
    MOMENT = "moment"
    """``2026-08-12T10:00:00+09:00``, with its zone."""
    INTEGER = "integer"
    CODE = "code"
    GROUP = "group"


@dataclass(frozen=True)
class Field:
    """What one field is, for machines (form, bounds) and for people (label, meaning, example)."""

    label: str
    meaning: str
    example: str = ""
    form: Form = Form.TEXT
    min_length: int = 1
    max_length: int | None = None
    characters: CharacterRule | None = None
    characters_label: str = ""
    cut: str | None = None
    """Mark at the end of a grid operator's longer text, where that is better heard in part than not at all."""
    pattern: str | None = None
    pattern_label: str = ""
    minimum: int | None = None
    maximum: int | None = None
    code: type[Code] | None = None
    max_items: int | None = None
    personal: bool = False
    """True where the value tells of somebody who they are, where they live or what they use: kept apart, never in a
    log or in Temporal."""
    secret: bool = False
    """True where the value opens something: passed on and kept nowhere, neither in a log nor in the database."""
    elsewhere: "tuple[tuple[Segment, Field], ...]" = ()
    """The same field as segments have it that call it otherwise."""

    @property
    def japanese(self) -> bool:
        """True where the characters are those of names, addresses and free text, some of which have two forms."""
        return self.characters in (characters.is_hub_text, characters.is_kana)

    def called(self, label: str, meaning: str = "") -> "Field":
        """Give the same field under another Japanese name, in all segments."""
        return self._with(label=label, **({"meaning": meaning} if meaning else {}))

    def many(self, max_items: int) -> "Field":
        """Give the field for an element that occurs up to ``max_items`` times."""
        return self._with(max_items=max_items)

    def called_in(self, segment: Segment, label: str = "", meaning: str = "", *, example: str = "") -> "Field":
        """Give the same field with another Japanese name, meaning or example in one segment."""
        changed = self.in_segment(segment)
        changed = replace(
            changed,
            label=label or changed.label,
            meaning=meaning or changed.meaning,
            example=example or changed.example,
        )
        elsewhere = tuple(entry for entry in self.elsewhere if entry[0] is not segment)
        return replace(self, elsewhere=(*elsewhere, (segment, changed)))

    def in_segment(self, segment: Segment | None) -> "Field":
        """Give the field as a segment calls it; for None as most do."""
        return next((own for named, own in self.elsewhere if named is segment), replace(self, elsewhere=()))

    def _with(self, **changes: Any) -> "Field":
        elsewhere = tuple((segment, replace(own, **changes)) for segment, own in self.elsewhere)
        return replace(self, **changes, elsewhere=elsewhere)


def code(label: str, meaning: str, values: type[Code]) -> Field:
    """Define a field that takes one of the values of a code."""
    return Field(label, meaning, example=next(iter(values)).value, form=Form.CODE, code=values)


def group(label: str, meaning: str, *, max_items: int | None = None) -> Field:
    """Define a field that holds further fields."""
    return Field(label, meaning, form=Form.GROUP, max_items=max_items)


def _text(label: str, meaning: str, *, example: str, max_length: int, personal: bool = False) -> Field:
    return Field(
        label,
        meaning,
        example=example,
        max_length=max_length,
        characters=characters.is_hub_text,
        characters_label="JIS X 0208とNEC・IBM拡張の文字（半角カナと制御文字を除く）",
        personal=personal,
    )


def _identifier(label: str, meaning: str, *, example: str, max_length: int, min_length: int = 1) -> Field:
    return Field(
        label,
        meaning,
        example=example,
        min_length=min_length,
        max_length=max_length,
        characters=characters.is_identifier,
        characters_label="半角英数字とハイフン",
    )


_HIGH, _FIT = Segment.HIGH_VOLTAGE, Segment.LOW_VOLTAGE_FIT

MESSAGE_ID = _identifier(
    "メッセージID",
    "要求ごとに小売電気事業者が付ける番号。同じ番号の再送には同じ結果を返す。",
    example="M20260812-000001",
    max_length=40,
)
CASE_NUMBER = (
    Field(
        "廃止取次番号",
        "スイッチング案件の番号。登録の応答で払い出される。",
        example="SW03L20260812000000019",
        min_length=22,
        max_length=22,
        pattern=r"SW(0[1-9]|10)[LKF][0-9]{17}",
        pattern_label="SW＋エリア2桁＋区分1字＋日付8桁＋通番8桁＋検査数字1桁",
    )
    .called_in(_HIGH, example="SW03K20260812000000017")
    .called_in(_FIT, example="SW03F20260812000000014")
)
APPLICATION_NUMBER = (
    Field(
        "申請番号",
        "一般送配電事業者への申請の番号。登録の応答で払い出される。",
        example="AP03L20260812000000014",
        min_length=22,
        max_length=22,
        pattern=r"AP(0[1-9]|10)[LKF][0-9]{17}",
        pattern_label="AP＋エリア2桁＋区分1字＋日付8桁＋通番8桁＋検査数字1桁",
    )
    .called_in(_HIGH, example="AP03K20260812000000018")
    .called_in(_FIT, example="AP03F20260812000000015")
)
POINT_NUMBER = Field(
    "供給地点特定番号",
    "供給地点を全国で一意に示す番号。先頭2桁はエリア。",
    example="0310000000000000000001",
    min_length=22,
    max_length=22,
    pattern=r"(0[1-9]|10)[0-9]{20}",
    pattern_label="半角数字22桁で、先頭2桁は01から10",
).called_in(_FIT, "受電地点特定番号", "受電地点を全国で一意に示す番号。先頭2桁はエリア。")
RETAILER_CODE = Field(
    "小売電気事業者コード",
    "広域機関が付けた事業者コードの上4桁。",
    example="1001",
    min_length=4,
    max_length=4,
    pattern=r"[0-9A-Z]{4}",
    pattern_label="半角英数字4桁",
)
CONTRACT_NUMBER = Field(
    "契約番号",
    "現小売電気事業者が需要者との契約に付けた番号。桁数は事業者ごとに異なる。",
    example="12345678901234",
    max_length=30,
    characters=characters.is_identifier,
    characters_label="半角英数字とハイフン",
    personal=True,
).called_in(
    _FIT,
    meaning="現小売電気事業者（特定契約の現在の相手方）が発電者との契約に付けた番号。桁数は事業者ごとに異なる。",
)
HOLDER_NAME = _text(
    "契約名義", "契約している人または法人の名前。", example="髙橋　太郎", max_length=40, personal=True
).called_in(_FIT, "発電者名", "特定契約を結ぶ発電者の名前。")
HOLDER_NAME_KANA = Field(
    "契約名義（カナ）",
    "契約名義の読み。",
    example="タカハシ　タロウ",
    max_length=60,
    characters=characters.is_kana,
    characters_label="全角カナ、全角英数字、全角空白、ーヽヾ・（）－．，’＆／",
    personal=True,
).called_in(_FIT, "発電者名（カナ）", "発電者名の読み。")
ADDRESS = _text(
    "需要場所住所", "電気を使う場所の住所。", example="東京都江東区豊洲１－２－３", max_length=100, personal=True
).called_in(_FIT, "発電設備設置場所", "発電設備のある場所の住所。")
TELEPHONE = Field(
    "電話番号",
    "需要者の連絡先。",
    example="03-1234-5678",
    max_length=15,
    pattern=r"0[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}",
    pattern_label="0で始まる半角数字とハイフン",
    personal=True,
).called_in(_FIT, meaning="発電者の連絡先。")
WISHED_DATE = Field("異動希望日", "供給者を切り替えたい日。", example="2026-08-20", form=Form.DATE).called_in(
    _FIT, meaning="特定契約の相手方を切り替えたい日。"
)
EFFECTIVE_DATE = WISHED_DATE.called("異動日", "供給者が切り替わる日。").called_in(
    _FIT, meaning="特定契約の相手方が切り替わる日。"
)
DAY = WISHED_DATE.called("日付", "日付。")
MOMENT = Field("日時", "日本時間の日時。", example="2026-08-12T10:00:00+09:00", form=Form.MOMENT)
VERSION = Field("版", "取次の版。訂正のたびに1増える。", example="1", form=Form.INTEGER, minimum=1, maximum=999)
PROCESS_KIND = code("処理区分", "登録・訂正・取消の別。", codes.ProcessKind)
METER_WORK = code("計器工事の要否", "計器工事が要るかどうか。省略すると「要」として扱う。", codes.MeterWork)
DECISION = code("取次判断", "現小売電気事業者の判断。", codes.Decision)
REJECTION_REASON = code("NG理由", "否認する理由。複数指定できる。", codes.RejectionReason)
REJECTION_TEXT = _text(
    "NG理由（詳細）", "理由「その他」の内容。", example="契約者死亡のため要確認", max_length=100, personal=True
)
AREA = code("エリア", "一般送配電事業者のエリア。", codes.Area)
SUPPLY_KIND = code("契約種別", "電灯・動力・定額の別。", codes.SupplyKind)
CONTRACT_BASIS = code("契約決定方法", "契約容量を決める方法。", codes.ContractBasis)
CONTRACT_CAPACITY = Field(
    "契約容量",
    "契約電流（A）または契約容量（kVA・kW）の整数値。",
    example="40",
    form=Form.INTEGER,
    minimum=1,
    maximum=499,
)
AMPERE = code("契約電流", "変更後の契約電流（A）。", codes.Ampere)
KILOWATTS = Field("電力", "キロワット数。", example="120", form=Form.INTEGER, minimum=1, maximum=499)
PARTIAL_SUPPLY_KIND = code(
    "部分供給の形態", "2者で1地点に供給する形態。部分供給のときに指定する。", codes.PartialSupplyKind
)
GENERATION_KIND = code("発電設備の種別", "発電に使うエネルギー源。", codes.GenerationKind)
GENERATION_OUTPUT = Field(
    "発電設備の出力",
    "発電設備の出力（W）。低圧FIT電源は50kW未満。",
    example="5500",
    form=Form.INTEGER,
    minimum=1,
    maximum=49_999,
)
FACILITY_ID = Field(
    "設備ID",
    "再生可能エネルギー発電事業計画の認定で付けられたID。",
    example="A123456A13",
    min_length=10,
    max_length=10,
    pattern=r"[0-9A-Z]{10}",
    pattern_label="半角英大文字と数字10桁",
    personal=True,
)
MONTH = Field(
    "年月",
    "年と月。",
    example="2026-07",
    min_length=7,
    max_length=7,
    pattern=r"2[01][0-9]{2}-(0[1-9]|1[0-2])",
    pattern_label="YYYY-MM",
)
USAGE_PASSWORD = Field(
    "照会パスワード",
    "一般送配電事業者が発行する、使用量情報を照会するためのパスワード。有効期間は最長1か月。",
    example="Abcd1234",
    min_length=8,
    max_length=20,
    pattern=r"[!-~]{8,20}",
    pattern_label="半角英数字と記号",
    secret=True,
)
USAGE = Field(
    "使用電力量",
    "1か月に使った電力量（kWh）。",
    example="312",
    form=Form.INTEGER,
    minimum=0,
    maximum=9_999_999,
    personal=True,
)
MAXIMUM_DEMAND = Field(
    "最大需要電力",
    "その月の最大需要電力（kW）。",
    example="118",
    form=Form.INTEGER,
    minimum=0,
    maximum=9_999,
    personal=True,
)
HALF_HOURLY_USAGE = Field(
    "30分値",
    "0時から30分ごとの使用電力量（kWh）48個。空白1つで区切り、値のないところは「-」とする。",
    example=" ".join(["0.15", "-", "1.2"] * 16),
    min_length=95,
    max_length=479,
    pattern=r"(([0-9]{1,6}(\.[0-9]{1,2})?|-) ){47}([0-9]{1,6}(\.[0-9]{1,2})?|-)",
    pattern_label="48個の数値または「-」を空白で区切る",
    personal=True,
)
DAY_OF_MONTH = Field("日", "毎月の何日か。", example="15", form=Form.INTEGER, minimum=1, maximum=31)
CASE_PHASE = code("案件状態", "スイッチング案件の状態。", codes.CasePhase)
CASE_PHASE_NAME = Field("案件状態名", "案件状態の日本語名。", example="判断待ち", max_length=40)
APPLICATION_STATE = code("申請状態", "申請の状態。", codes.ApplicationState)
APPLICATION_STATE_NAME = Field("申請状態名", "申請状態の日本語名。", example="受付", max_length=40)
APPLICATION_KIND = code("申請種別", "申請の種別。", codes.ApplicationKind)
ANSWER_SOURCE = code("回答元", "誰の記録による回答か。", codes.AnswerSource)
CURSOR = Field(
    "続きの位置",
    "前の応答にあった続きの位置。最初の要求では省略する。",
    example="000000000123",
    max_length=60,
    pattern=r"[0-9A-Za-z._:-]+",
    pattern_label="応答で受け取ったままの値",
)
UNREADABLE_STATUSES = Field(
    "読み取れなかった件数",
    "一般送配電事業者の回答のうち、仕様に合わず読み取れなかったため処理状況に含めなかった申請の件数。ないときは省略する。"
    "その申請の状態は、申請ごとの業務処理状況確認で広域機関の記録として確認できる。",
    example="1",
    form=Form.INTEGER,
    minimum=1,
    maximum=1000,
)
UNREADABLE_REFERRALS = Field(
    "読み取れなかった件数",
    "該当する廃止取次のうち、広域機関の記録に読み取れない値があるため回答に含めなかった件数。ないときは省略する。"
    "広域機関には自動で通知される。",
    example="1",
    form=Form.INTEGER,
    minimum=1,
    maximum=1000,
)
CONSENT = group("本人同意", "需要者本人から得た同意 (利用規約9.1)。個人情報を含む要求では必須。").called_in(
    _FIT, meaning="発電者本人から得た同意 (利用規約9.1)。個人情報を含む要求では必須。"
)
CONSENT_OBTAINED_ON = DAY.called("同意取得日", "本人から同意を得た日。業務日時より後の日は指定できない。")
CONSENT_METHOD = code("同意取得方法", "本人から同意を得た方法。", codes.ConsentMethod)
CONSENT_OBTAINED_BY = _text(
    "同意取得者", "同意を得た担当者または代理店。", example="豊洲支店", max_length=40, personal=True
)
RULE_NAME = Field("規則", "適用された規則の名前。", example="decision-deadline", max_length=60)
PARTICIPANT_NAME = _text("事業者名", "事業者の名称。", example="あおぞら電力株式会社", max_length=60)
PARTICIPANT_ROLE = code("事業者区分", "事業者の区分。", codes.ParticipantRole)
METER_NUMBER = _identifier("計器番号", "取り付けられている計器の番号。", example="T123456789", max_length=20)
POWER_SUPPLY_METHOD = _text("供給方式", "電気の供給方式。", example="単相３線式", max_length=20)
FLAG = code("有無", "有無・可否。", codes.Flag)
FINDING_TEXT = Field(
    "内容",
    "説明。300文字を超えるときは、末尾を「…（以下略）」に置き換える。",
    example="異動日が受け付けられません。",
    max_length=300,
    cut="…（以下略）",
)
