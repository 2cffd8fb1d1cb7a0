"""What grid operators find wrong with applications (不備): the names of the rules, each with words that name no value.

For who reads a case where its personal data do not go. What a grid operator itself says of a finding stands in the
database, and on the screens. A grid operator may name rules of its own; those have no words here.
"""

from collections.abc import Iterable, Mapping

DEFECT_RULES: Mapping[str, str] = {
    # form (schemas.reading, schemas.checks)
    "required": "必須の項目がない",
    "unknown-field": "定義されていない項目がある",
    "not-for-this-process-kind": "この処理区分では指定できない項目がある",
    "max-items": "繰り返しが多すぎる",
    "once": "1つだけの項目が繰り返されている",
    "plain-value": "値の項目に下位の項目がある",
    "group": "まとまりの項目に下位の項目がない",
    "length": "長さが違う",
    "pattern": "形式が違う",
    "characters": "使えない文字がある",
    "blank": "空白だけの項目がある",
    "code": "コードにない値がある",
    "date": "日付が正しくない",
    "moment": "日時が正しくない",
    "integer": "数値が範囲にない",
    # dates
    "too-late": "異動日までに標準処理期間が足りない",
    "earliest-effective-date": "異動日が標準処理期間より早い",
    "first-effective-date": "異動日が早すぎる",
    "latest-effective-date": "異動日が遅すぎる",
    # contract
    "kind-taken-in-area": "このエリアで取り扱わない申請",
    "basis-of-supply-kind": "契約種別に合わない契約決定方法",
    "basis-transition": "契約決定方法をこのように変えられない",
    "ampere-breaker-area": "このエリアにアンペアブレーカー契約がない",
    "ampere-breaker-capacity": "アンペアブレーカー契約の上限を超えている",
    "value-with-flag": "有無と値が合わない",
    "contracted-not-in-future": "特定契約締結日が未来",
    "procurement-period": "調達期間が異動日より前に終わる",
    # what only the grid operator knows
    "area-of-the-point": "このエリアの地点ではない",
    "unknown-point": "この地点がない",
    "holder-name": "契約名義が現在の契約と違う",
    "contract-number": "この契約番号の契約がない",
    "duplicate": "同じ目的の申請を受付済み",
    "not-amendable": "訂正できない項目が変わっている",
    "as-ordered": "検証環境の指示による不備",
    # faults that are taken for a defect (HUB-F001, HUB-B001, HUB-B003) without a finding
    "hub-f001": "形式の誤り",
    "hub-b001": "業務規則の誤り",
    "hub-b003": "受け付けられない申請",
}


def defect_words(rules: Iterable[str]) -> str:
    """Name rules for people: the code, and its words where there are any."""
    return "、".join(f"{rule}（{DEFECT_RULES[rule]}）" if rule in DEFECT_RULES else rule for rule in rules)
