"""What can be done in a script, and the plots (筋書き) that scripts are drawn from: a table, a line for each."""

from dataclasses import dataclass

from schemas.codes import ApplicationKind, Code


class Act(Code):
    """One thing that a retailer does, the hub operator, or after matching the grid operator by itself."""

    REGISTER = "register", "取次登録"
    REGISTER_BESIDE_RIVAL = "register_beside_rival", "2社が同時に取次登録"
    REGISTER_RIVAL = "register_rival", "別の新小売が取次登録"
    AMEND = "amend", "取次訂正"
    WITHDRAW = "withdraw", "取次取消"
    ACCEPT = "accept", "承諾"
    ACCEPT_FIRST_VERSION = "accept_first_version", "古い版への承諾"
    REJECT = "reject", "否認"
    FILE_START = "file_start", "開始申請"
    FILE_START_WRONG = "file_start_wrong", "異動日の違う開始申請"
    FILE_END = "file_end", "廃止申請"
    FILE_END_WRONG = "file_end_wrong", "異動日の違う廃止申請"
    AMEND_START = "amend_start", "開始申請の訂正"
    AMEND_END = "amend_end", "廃止申請の訂正"
    CANCEL_START = "cancel_start", "開始申請の取消"
    CANCEL_END = "cancel_end", "廃止申請の取消"
    APPLY = "apply", "単独申請"
    APPLY_COUNTERPART = "apply_counterpart", "相手側の単独申請"
    AMEND_APPLICATION = "amend_application", "単独申請の訂正"
    CANCEL_APPLICATION = "cancel_application", "単独申請の取消"
    GRID_CANCELS = "grid_cancels", "送配電取消"
    GRID_CANCELS_END = "grid_cancels_end", "廃止側の送配電取消"
    GRID_MOVES = "grid_moves", "送配電による異動日の変更"
    GRID_HOLDS_START = "grid_holds_start", "開始側の処理の遅れ"
    GRID_HOLDS_END = "grid_holds_end", "廃止側の処理の遅れ"
    HUB_SUSPENDS = "hub_suspends", "期限の停止"
    HUB_RESUMES = "hub_resumes", "期限の再開"
    HUB_SUCCEEDS_NEW = "hub_succeeds_new", "新小売の承継"
    HUB_SUCCEEDS_CURRENT = "hub_succeeds_current", "現小売の承継"
    HUB_SUCCEEDS_APPLICANT = "hub_succeeds_applicant", "申請者の承継"
    HUB_CLOSES = "hub_closes", "広域機関による終了"


Timed = tuple[Act, float, float]
"""An act, and the hours after the act before it between which it is done."""


@dataclass(frozen=True)
class Plot:
    """What a kind of script is about."""

    name: str
    acts: tuple[Timed, ...]
    weight: int = 1
    """How often it is drawn, beside the others."""
    days: tuple[int, int] = (4, 28)
    """By how many days the wished date is later than the earliest there is."""
    ending: str = ""
    """The last digits of the point number, where its grid operator shall answer in a way of its own."""
    also: ApplicationKind | None = None
    """Of applications on their own: what the current retailer applies for at the same point."""
    also_days: int = 0
    """By how many days that one names another date."""


_REGISTERED: Timed = (Act.REGISTER, 0, 0)
_ACCEPTED: tuple[Timed, ...] = (_REGISTERED, (Act.ACCEPT, 0, 30))
_BOTH: tuple[Timed, ...] = ((Act.FILE_START, 0, 24), (Act.FILE_END, 0, 24))
_WHEN_MATCHED = (60, 100)
"""Hours after which a pair has matched where all went well: later than the longest step of the clock."""
_REFILED: tuple[Timed, ...] = ((Act.FILE_START, 0, 10), (Act.CANCEL_START, 0, 10), (Act.FILE_START, 20, 60))
_STANDING_STILL: tuple[Timed, ...] = (_REGISTERED, (Act.HUB_SUSPENDS, 0, 20))
_LONG = (72, 400)
"""Hours for which deadlines stand still."""
_GOING_ON: tuple[Timed, ...] = ((Act.ACCEPT, 0, 30), *_BOTH)

_AT_ONCE = (0, 0)
_LEFT_BY_NEW: tuple[Timed, ...] = (*_ACCEPTED, (Act.FILE_START, 0, 9), (Act.HUB_SUCCEEDS_NEW, 0, 30))
_LEFT_BY_CURRENT: tuple[Timed, ...] = (*_ACCEPTED, (Act.FILE_END, 0, 9), (Act.HUB_SUCCEEDS_CURRENT, 0, 30))

SUCCESSIONS: tuple[Plot, ...] = (
    Plot("判断前の新小売の承継", (_REGISTERED, (Act.HUB_SUCCEEDS_NEW, 0, 20), (Act.AMEND, 0, 20), *_GOING_ON)),
    Plot("申請中の現小売の承継", (*_ACCEPTED, (Act.FILE_START, 0, 9), (Act.HUB_SUCCEEDS_CURRENT, 0, 9), *_BOTH)),
    Plot("承継した新小売による取次の取消", (*_LEFT_BY_NEW, (Act.WITHDRAW, 0, 30)), weight=2),
    Plot("承継した新小売による訂正", (*_LEFT_BY_NEW, (Act.AMEND_START, 0, 20), (Act.FILE_END, 0, 20)), weight=2),
    Plot("承継した新小売による出し直し", (*_LEFT_BY_NEW, (Act.CANCEL_START, 0, 9), (Act.FILE_START, 20, 60), *_BOTH)),
    Plot("承継した現小売による訂正", (*_LEFT_BY_CURRENT, (Act.AMEND_END, 0, 20), (Act.FILE_START, 0, 20)), weight=2),
    Plot("承継した現小売による出し直し", (*_LEFT_BY_CURRENT, (Act.CANCEL_END, 0, 9), (Act.FILE_END, 20, 60), *_BOTH)),
    Plot("現小売の承継の後の取次の取消", (*_LEFT_BY_CURRENT, (Act.WITHDRAW, 0, 30)), weight=2),
    Plot(
        "取消手続中の新小売の承継",
        (*_ACCEPTED, (Act.FILE_START, 0, 9), (Act.WITHDRAW, 0, 30), (Act.HUB_SUCCEEDS_NEW, *_AT_ONCE)),
    ),
    Plot(
        "取消手続中の現小売の承継",
        (*_ACCEPTED, (Act.FILE_END, 0, 9), (Act.WITHDRAW, 0, 30), (Act.HUB_SUCCEEDS_CURRENT, *_AT_ONCE)),
    ),
    Plot(
        "両者の承継", (*_LEFT_BY_NEW, (Act.HUB_SUCCEEDS_CURRENT, 0, 9), (Act.AMEND_START, 0, 20), (Act.FILE_END, 0, 9))
    ),
    Plot(
        "マッチング後の両者の承継",
        (*_ACCEPTED, *_BOTH, (Act.HUB_SUCCEEDS_NEW, *_WHEN_MATCHED), (Act.HUB_SUCCEEDS_CURRENT, 0, 40)),
        days=(8, 20),
    ),
)
"""A retailer leaves in the middle and another goes on in its place: either side, at every moment."""

SWITCHES: tuple[Plot, ...] = (
    Plot("両方の申請", (*_ACCEPTED, *_BOTH), weight=8),
    Plot("廃止申請が先", (*_ACCEPTED, (Act.FILE_END, 0, 10), (Act.FILE_START, 0, 40)), weight=3),
    Plot("遠い異動日", (*_ACCEPTED, *_BOTH), days=(40, 120)),
    Plot("期限ぎりぎり", (_REGISTERED, (Act.ACCEPT, 10, 50), *_BOTH), weight=2, days=(0, 1)),
    Plot("計器工事が必要になる", (*_ACCEPTED, *_BOTH), days=(5, 25), ending="9993"),
    Plot("否認", (_REGISTERED, (Act.REJECT, 0, 40)), weight=2),
    Plot("判断しない", (_REGISTERED,), weight=2),
    Plot("遅い判断", (_REGISTERED, (Act.ACCEPT, 40, 120), *_BOTH)),
    Plot("判断前の取消", (_REGISTERED, (Act.WITHDRAW, 0, 30))),
    Plot("判断と取消が前後する", (_REGISTERED, (Act.ACCEPT, 0, 10), (Act.WITHDRAW, 0, 1)), weight=2),
    Plot("開始申請後の取消", (*_ACCEPTED, (Act.FILE_START, 0, 24), (Act.WITHDRAW, 0, 48)), weight=2),
    Plot("両申請後の取消", (*_ACCEPTED, *_BOTH, (Act.WITHDRAW, 0, 6)), weight=2),
    Plot("異動日の訂正", (_REGISTERED, (Act.AMEND, 0, 20), (Act.ACCEPT, 0, 30), *_BOTH), weight=2),
    Plot("二度の訂正", (_REGISTERED, (Act.AMEND, 0, 20), (Act.AMEND, 0, 20), (Act.ACCEPT, 0, 30), *_BOTH)),
    Plot(
        "訂正と承諾の行き違い",
        (_REGISTERED, (Act.AMEND, 0, 10), (Act.ACCEPT_FIRST_VERSION, 0, 2), (Act.ACCEPT, 0, 20), *_BOTH),
    ),
    Plot("開始申請だけ", (*_ACCEPTED, (Act.FILE_START, 0, 24)), weight=2),
    Plot("廃止申請だけ", (*_ACCEPTED, (Act.FILE_END, 0, 24)), weight=2),
    Plot("申請しない", _ACCEPTED),
    Plot("異動日違いを直す", (*_ACCEPTED, (Act.FILE_START_WRONG, 0, 10), *_BOTH)),
    Plot("異動日違いを直さない", (*_ACCEPTED, (Act.FILE_START, 0, 10), (Act.FILE_END_WRONG, 0, 10))),
    Plot("名義違いの不備を直しきれない", (*_ACCEPTED, *_BOTH, (Act.AMEND_START, 5, 40)), ending="9994"),
    Plot("申請の訂正", (*_ACCEPTED, *_BOTH, (Act.AMEND_START, 2, 40), (Act.AMEND_END, 0, 40)), weight=3),
    Plot("開始申請の取消", (*_ACCEPTED, (Act.FILE_START, 0, 10), (Act.CANCEL_START, 0, 30))),
    Plot("開始申請の出し直し", (*_ACCEPTED, *_REFILED, (Act.FILE_END, 0, 9)), weight=2),
    Plot("廃止申請の取消", (*_ACCEPTED, *_BOTH, (Act.CANCEL_END, 0, 10))),
    Plot("両申請の取消", (*_ACCEPTED, *_BOTH, (Act.CANCEL_START, 0, 2), (Act.CANCEL_END, 0, 2))),
    Plot("2社の同時登録", ((Act.REGISTER_BESIDE_RIVAL, 0, 0), (Act.ACCEPT, 0, 30), *_BOTH), weight=3),
    Plot("進行中の地点への登録", (*_ACCEPTED, (Act.REGISTER_RIVAL, 0, 10), *_BOTH)),
    Plot("送配電取消", (*_ACCEPTED, *_BOTH, (Act.GRID_CANCELS, *_WHEN_MATCHED)), weight=3, days=(8, 20)),
    Plot("異動日の変更", (*_ACCEPTED, *_BOTH, (Act.GRID_MOVES, *_WHEN_MATCHED)), weight=2, days=(8, 20)),
    Plot("開始側の完了が遅れる", (*_ACCEPTED, *_BOTH, (Act.GRID_HOLDS_START, *_WHEN_MATCHED)), days=(8, 20)),
    Plot("廃止側の完了が遅れる", (*_ACCEPTED, *_BOTH, (Act.GRID_HOLDS_END, *_WHEN_MATCHED)), days=(8, 20)),
    Plot(
        "片側完了の後の送配電取消",
        (*_ACCEPTED, *_BOTH, (Act.GRID_HOLDS_END, *_WHEN_MATCHED), (Act.GRID_CANCELS_END, 600, 900)),
        days=(8, 10),
    ),
    Plot(
        "現小売の退出と承継",
        (*_STANDING_STILL, (Act.HUB_SUCCEEDS_CURRENT, *_LONG), *_GOING_ON),
        weight=2,
        days=(40, 90),
    ),
    Plot("期限の停止と再開", (*_STANDING_STILL, (Act.HUB_RESUMES, *_LONG), *_GOING_ON), days=(40, 90)),
    Plot("停止したままの期限", _STANDING_STILL),
    *SUCCESSIONS,
    Plot("広域機関による終了", (*_ACCEPTED, (Act.FILE_START, 0, 24), (Act.HUB_CLOSES, 0, 48)), weight=3),
)
"""Of switching cases."""

PAIRED: tuple[Plot, ...] = (
    Plot("取次のない開始と廃止", ((Act.APPLY, 0, 0),), weight=2, also=ApplicationKind.END),
    Plot("取次のない開始と廃止の日違い", ((Act.APPLY, 0, 0),), days=(3, 20), also=ApplicationKind.END, also_days=2),
    Plot(
        "取次のない開始と廃止の後の承継",
        ((Act.APPLY, 0, 0), (Act.HUB_SUCCEEDS_APPLICANT, *_WHEN_MATCHED)),
        days=(8, 20),
        also=ApplicationKind.END,
    ),
    Plot(
        "承継者が取り消した開始の後の廃止",
        (
            (Act.APPLY, 0, 0),
            (Act.HUB_SUCCEEDS_APPLICANT, 0, 40),
            (Act.CANCEL_APPLICATION, 0, 9),
            (Act.APPLY_COUNTERPART, 60, 80),
        ),
        days=(10, 20),
    ),
    Plot(
        "取次のない開始と廃止の送配電取消",
        ((Act.APPLY, 0, 0), (Act.GRID_CANCELS, *_WHEN_MATCHED)),
        days=(8, 20),
        also=ApplicationKind.END,
    ),
)
"""Of a start application without a referral, beside those of every kind."""

WITHOUT_COUNTERPART: tuple[Plot, ...] = (
    Plot(
        "相手方のない申請と後の廃止取次",
        ((Act.APPLY, 0, 0), (Act.REGISTER_RIVAL, 20 * 24, 24 * 24)),
        weight=2,
        days=(45, 80),
    ),
)
"""Of a start or end application without a referral: it gives way to a third retailer's."""

ON_ITS_OWN: tuple[Plot, ...] = (
    Plot("申請だけ", ((Act.APPLY, 0, 0),), weight=3),
    Plot("申請の訂正", ((Act.APPLY, 0, 0), (Act.AMEND_APPLICATION, 4, 60))),
    Plot("申請の取消", ((Act.APPLY, 0, 0), (Act.CANCEL_APPLICATION, 0, 40))),
    Plot("承継者による訂正", ((Act.APPLY, 0, 0), (Act.HUB_SUCCEEDS_APPLICANT, 0, 40), (Act.AMEND_APPLICATION, 0, 30))),
    Plot("承継者による取消", ((Act.APPLY, 0, 0), (Act.HUB_SUCCEEDS_APPLICANT, 0, 40), (Act.CANCEL_APPLICATION, 0, 30))),
    Plot(
        "取消手続中の承継",
        ((Act.APPLY, 0, 0), (Act.CANCEL_APPLICATION, 0, 40), (Act.HUB_SUCCEEDS_APPLICANT, *_AT_ONCE)),
    ),
    Plot("不備を直さない", ((Act.APPLY, 0, 0),), ending="9999"),
    Plot("申請の広域機関による終了", ((Act.APPLY, 0, 0), (Act.HUB_CLOSES, 0, 40))),
    Plot("申請の送配電取消", ((Act.APPLY, 0, 0), (Act.GRID_CANCELS, *_WHEN_MATCHED)), days=(8, 20)),
)
"""Of applications on their own, of every kind that the hub takes."""
