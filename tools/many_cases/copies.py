"""Many cases from one: copies that differ as the cases of a market do, a tenth of them those of one retailer.

The newest twentieth is open, and some of it awaits somebody; the others have ended, most as 完了.
"""

from psycopg2.extensions import cursor as Cursor  # it is a class

BUSY = "1001"
"""The retailer whose cases are a tenth of all on either side."""

_OPEN = "g * 20 <= {count}"
_SEGMENT = "(ARRAY['low_voltage','low_voltage','low_voltage','high_voltage','low_voltage_fit'])[1 + g / 10 % 5]"
_AREA = "to_char(1 + g % 10, 'FM00')"
_PHASE = (
    f"CASE WHEN {_OPEN} THEN (ARRAY['awaiting_decision','awaiting_decision','awaiting_applications','matched',"
    "'cancelling'])[1 + g / 2 % 5]"
    " ELSE (ARRAY['completed','completed','completed','completed','rejected','withdrawn','unmatched',"
    "'decision_expired'])[1 + g / 2 % 8] END"
)
_EFFECTIVE = f"current_date + CASE WHEN {_OPEN} THEN 5 + g % 60 ELSE -1 - g % 700 END"
_REGISTERED = "registered_at - g * (interval '730 days' / {count})"
_KIND = "CASE WHEN g % 50 = 7 THEN (ARRAY['re_energisation','ampere_change'])[1 + g % 2] END"
_DECIDED = f"({_PHASE}) IN ('awaiting_applications','matched','cancelling','completed','unmatched')"
_DUE_DAY = "date_trunc('day', now()) + (1 + g % 3) * interval '1 day'"

_DIFFERING = {
    "case_number": "'SW' || {area} || 'L' || to_char(g, 'FM00000000000000000')",
    "point_number": "{area} || to_char(g, 'FM00000000000000000000')",
    "segment": _SEGMENT,
    "area": "{area}",
    "application_kind": _KIND,
    "new_retailer": f"CASE WHEN g % 10 = 0 THEN '{BUSY}' ELSE to_char(2000 + g % 600, 'FM0000') END",
    "current_retailer": f"CASE WHEN g % 10 = 3 THEN '{BUSY}' ELSE to_char(3000 + g % 600, 'FM0000') END",
    "phase": _PHASE,
    "registered_at": _REGISTERED,
    "changed_at": f"{_REGISTERED} + interval '1 day'",
    "ended_at": f"CASE WHEN NOT {_OPEN} THEN {_REGISTERED} + interval '1 day' END",
    "due_at": f"CASE WHEN {_OPEN} THEN {_DUE_DAY} ELSE {_REGISTERED} + interval '1 day' END",
    "due_rule": f"CASE WHEN {_OPEN} THEN 'decision-deadline' ELSE 'ended' END",
    "new_duty": f"CASE WHEN {_OPEN} AND g % 50 = 0 THEN 'file' END",
    "current_duty": (
        f"CASE WHEN {_OPEN} AND ({_PHASE}) = 'awaiting_decision' THEN 'decide'"
        f" WHEN {_OPEN} AND g % 50 = 3 THEN 'correct' END"
    ),
    "operator_duty": f"CASE WHEN {_OPEN} AND g % 100 = 5 THEN 'release' END",
    "decision": f"CASE WHEN {_DECIDED} THEN 'accept' WHEN ({_PHASE}) = 'rejected' THEN 'reject' END",
    "decided_at": (
        f"CASE WHEN {_DECIDED} OR ({_PHASE}) = 'rejected' THEN {_REGISTERED} + g % 140 * interval '1 hour' END"
    ),
    "rejection_reasons": (
        f"CASE WHEN ({_PHASE}) = 'rejected' THEN ARRAY[to_char(1 + g % 9, 'FM00'), to_char(1 + (g + 1) % 9, 'FM00')]"
        " ELSE '{{}}' END"
    ),
    "wished_date": _EFFECTIVE,
    "effective_date": _EFFECTIVE,
    "gives_way": "false",
    "content_key": "md5('content' || g)::uuid",
}
"""How a copy differs from the case it is of, by the number of the copy."""
_SAME_IN_RECORD = (
    *("case_number", "point_number", "segment", "area", "phase", "effective_date", "wished_date"),
    *("new_retailer", "current_retailer"),
)
"""What the record says too."""


def multiply(cursor: Cursor, *, count: int) -> None:
    """Fill a database that holds one case with so many copies of it."""
    values = {name: value.format(count=count, area=_AREA) for name, value in _DIFFERING.items()}
    said = ", ".join(f"'{name}', {values[name]}" for name in _SAME_IN_RECORD)
    values["state"] = f"state || jsonb_build_object({said})"
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'cases' ORDER BY ordinal_position"
    )
    columns = [name for (name,) in cursor.fetchall()]
    chosen = ", ".join(values.get(name, name) for name in columns)
    cursor.execute(f"INSERT INTO cases SELECT {chosen} FROM cases, generate_series(1, {count}) g")  # noqa: S608


def without_indexes(cursor: Cursor) -> list[str]:
    """Drop what makes filling slow, and give the statements that make it anew."""
    cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'cases' AND indexname NOT LIKE 'pk_%'")
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [statement for _, statement in indexes]
