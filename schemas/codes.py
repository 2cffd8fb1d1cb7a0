"""The codes of the hub (コード定義書): what travels is the value, what people read is the label."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A closed set of values, each with the Japanese words people read for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Segment(Code):
    """The three kinds of contract the hub serves (terms §1)."""

    LOW_VOLTAGE = "low_voltage", "低圧託送"
    HIGH_VOLTAGE = "high_voltage", "高圧500kW未満"
    LOW_VOLTAGE_FIT = "low_voltage_fit", "低圧FIT電源"


class Area(Code):
    """The areas of the ten grid operators (terms §2.3); the first two digits of a point number."""

    HOKKAIDO = "01", "北海道"
    TOHOKU = "02", "東北"
    TOKYO = "03", "東京"
    CHUBU = "04", "中部"
    HOKURIKU = "05", "北陸"
    KANSAI = "06", "関西"
    CHUGOKU = "07", "中国"
    SHIKOKU = "08", "四国"
    KYUSHU = "09", "九州"
    OKINAWA = "10", "沖縄"


class ProcessKind(Code):
    """処理区分: what a message does to the thing it names."""

    REGISTER = "register", "登録"
    AMEND = "amend", "訂正"
    WITHDRAW = "withdraw", "取消"


class Decision(Code):
    """廃止取次判断: the current retailer's answer."""

    ACCEPT = "accept", "承諾"
    REJECT = "reject", "否認"


class RejectionReason(Code):
    """NG理由: why the current retailer rejects (ours)."""

    CONTRACT_NUMBER_DIFFERS = "01", "契約番号相違"
    HOLDER_NAME_DIFFERS = "02", "契約名義相違"
    ADDRESS_DIFFERS = "03", "住所相違"
    POINT_NUMBER_DIFFERS = "04", "供給地点特定番号相違"
    NO_SUCH_CONTRACT = "05", "該当契約なし"
    CONTRACT_ENDING = "06", "廃止済・廃止予定"
    OTHER_REFERRAL_ACCEPTED = "07", "他の取次を受付済"
    WISHED_DATE_IMPOSSIBLE = "08", "異動希望日不可"
    OTHER = "09", "その他"


class ConsentMethod(Code):
    """本人同意の取得方法 (terms §9.1)."""

    PAPER = "paper", "書面"
    ELECTRONIC = "electronic", "電磁的方法"
    VOICE = "voice", "口頭(録音)"


class MeterWork(Code):
    """計器工事の要否."""

    NEEDED = "needed", "要"
    NOT_NEEDED = "not_needed", "不要"


class CasePhase(Code):
    """案件状態: where a switching case stands."""

    AWAITING_DECISION = "awaiting_decision", "判断待ち"
    AWAITING_APPLICATIONS = "awaiting_applications", "申請待ち・申請中"
    CANCELLING = "cancelling", "取消手続中"
    MATCHED = "matched", "マッチング成立"
    ONE_SIDE_DONE = "one_side_done", "片側完了"
    COMPLETED = "completed", "完了"
    REJECTED = "rejected", "否認"
    WITHDRAWN = "withdrawn", "取消"
    DECISION_EXPIRED = "decision_expired", "判断期限切れ"
    UNMATCHED = "unmatched", "マッチング不成立"
    GRID_CANCELLED = "grid_cancelled", "送配電取消"
    CLOSED = "closed", "広域機関による終了"


ENDED_PHASES = frozenset(
    {
        CasePhase.COMPLETED,
        CasePhase.REJECTED,
        CasePhase.WITHDRAWN,
        CasePhase.DECISION_EXPIRED,
        CasePhase.UNMATCHED,
        CasePhase.GRID_CANCELLED,
        CasePhase.CLOSED,
    }
)


class InterfaceCategory(Code):
    """区分 of an interface (terms §11.1); the last two, which stay in the hub, have none there and are ours."""

    INFORMATION_SEARCH = "information_search", "共通情報検索業務"
    SUPPLY_CHANGE = "supply_change", "託送異動業務"
    REFERRAL = "referral", "廃止取次業務"
    PARTICIPANTS = "participants", "事業者管理業務"


class ApplicationKind(Code):
    """What is applied for at the grid operator."""

    START = "start", "スイッチング開始申請"
    END = "end", "スイッチング廃止申請"
    USAGE_INQUIRY = "usage_inquiry", "使用量情報照会申請"
    RE_ENERGISATION = "re_energisation", "再点"
    END_OF_SUPPLY = "end_of_supply", "廃止・撤去"
    CUSTOMER_DETAILS = "customer_details", "需要者情報変更"
    PRODUCER_DETAILS = "producer_details", "発電者情報変更"
    AMPERE_CHANGE = "ampere_change", "アンペア変更"


SWITCHING_APPLICATIONS = (ApplicationKind.START, ApplicationKind.END)
"""The two that make a pair: one of the new retailer, one of the current."""


class ApplicationState(Code):
    """申請状態: where one application to the grid operator stands."""

    NOT_FILED = "not_filed", "未申請"
    SENDING = "sending", "送信中"
    RECEIVED = "received", "受付"
    DEFECTIVE = "defective", "不備"
    CANCELLING = "cancelling", "取消手続中"
    CANCELLED = "cancelled", "取消"
    MATCHED = "matched", "マッチング成立"
    UNMATCHED = "unmatched", "不成立"
    COMPLETED = "completed", "完了"


class EndCause(Code):
    """Why a procedure that may already be at the grid operator is being brought to its end."""

    WITHDRAWN = "withdrawn", "新小売による取消"
    CUT_OFF = "cut_off", "申請期限の超過"
    TOO_LATE_AT_GRID = "too_late_at_grid", "一般送配電事業者による期限超過の判定"
    UNMATCHED_AT_GRID = "unmatched_at_grid", "一般送配電事業者によるマッチング不成立"
    CANCELLED = "cancelled", "申請者による取消"
    NOT_CORRECTED = "not_corrected", "不備の訂正期限の超過"
    HUB_OPERATOR = "hub_operator", "広域機関による終了"
    GAVE_WAY = "gave_way", "相手方の申請がなく、他の廃止取次を優先"
    POINT_TAKEN = "point_taken", "先に登録されていた申請のマッチング成立"


class AnswerSource(Code):
    """Whose word an answer about processing is."""

    GRID_OPERATOR = "grid_operator", "一般送配電事業者"
    HUB_RECORD = "hub_record", "広域機関の記録"


class ParticipantRole(Code):
    """What a company in the list of participants (事業者一覧) is."""

    RETAILER = "retailer", "小売電気事業者"
    GRID_OPERATOR = "grid_operator", "一般送配電事業者"


class SupplyKind(Code):
    """契約種別 of the supply at a point (ours)."""

    LIGHTING = "lighting", "電灯"
    POWER = "power", "動力"
    FLAT_RATE = "flat_rate", "定額"


class ContractBasis(Code):
    """契約決定方法: how the contracted capacity is set."""

    AMPERE_BREAKER = "ampere_breaker", "アンペアブレーカー契約"
    MAIN_SWITCH = "main_switch", "主開閉器契約"
    MEASURED_DEMAND = "measured_demand", "実量契約"
    CONNECTED_LOAD = "connected_load", "負荷設備契約"


class Ampere(Code):
    """契約電流: the currents that an アンペアブレーカー契約 can have."""

    A5 = "5", "5アンペア"
    A10 = "10", "10アンペア"
    A15 = "15", "15アンペア"
    A20 = "20", "20アンペア"
    A30 = "30", "30アンペア"
    A40 = "40", "40アンペア"
    A50 = "50", "50アンペア"
    A60 = "60", "60アンペア"


class PartialSupplyKind(Code):
    """部分供給の形態: how two retailers share one point of supply (ours)."""

    BASE_LOAD = "base_load", "横切り型"
    SHARE_OF_LOAD = "share_of_load", "縦切り型"
    NOTIFIED = "notified", "通告型"


class GenerationKind(Code):
    """発電設備の種別 (the kinds of the feed-in scheme)."""

    SOLAR = "solar", "太陽光"
    WIND = "wind", "風力"
    HYDRO = "hydro", "水力"
    GEOTHERMAL = "geothermal", "地熱"
    BIOMASS = "biomass", "バイオマス"


class Flag(Code):
    """有無・可否."""

    YES = "yes", "可・有"
    NO = "no", "不可・無"


class UserRole(Code):
    """What a person at the screens may do (ours, after terms §6.1)."""

    RETAILER_STAFF = "retailer_staff", "担当者(照会のみ)"
    RETAILER_DECIDER = "retailer_decider", "担当者(取次判断可)"
    RETAILER_ADMINISTRATOR = "retailer_administrator", "管理者"
    RETAILER_OWN = "retailer_own", "自社で定めた役割"
    HUB_OPERATOR = "hub_operator", "広域機関"


class HubRole(Code):
    """What somebody of the hub operator is there for. One person may have several."""

    DESK = "desk", "窓口"
    OPERATIONS = "operations", "運用"
    SECURITY = "security", "セキュリティ"
    APPROVER = "approver", "承認"
    AUDITOR = "auditor", "監査"


class CertificatePurpose(Code):
    """By which face somebody comes in with a client certificate."""

    API = "api", "API連携"
    SCREENS = "screens", "画面"


class LoginOutcome(Code):
    """What came of an attempt to log in or out."""

    SUCCEEDED = "succeeded", "ログイン"
    FAILED = "failed", "ログイン失敗"
    LOCKED = "locked", "ロック中"
    LOGGED_OUT = "logged_out", "ログアウト"
