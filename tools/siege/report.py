"""A siege as a table, and whether the goals are kept."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from tools.siege.judging import GOALS, MOST_MEMORY, MOST_TIMES_QUIET, Outcome, missed, within

_LABEL = 72
_WORDS = dict(zip(GOALS, ("p95", "拒否 / refused", "終了 / ended", "メモリー / memory"), strict=True))


def report(outcomes: Sequence[Outcome], *, judged: Collection[str] = GOALS) -> tuple[str, bool]:
    """Write what stands under the table, and tell whether all goals that are judged are kept."""
    lines = [
        "",
        f"■ 目標 / goals: p95 ≤ {MOST_TIMES_QUIET} × 平常、拒否 0、プロセスの終了 0、メモリー ≤ {MOST_MEMORY} × 攻撃前",
        *(line for outcome in outcomes for line in _missed(outcome)),
    ]
    broken = [outcome for outcome in outcomes if missed(outcome)]
    goals_kept = not any(goal in judged for outcome in outcomes for goal in missed(outcome))
    lines.append(
        f"✗ 未達 / missed: {len(broken)} / {len(outcomes)}"
        if broken
        else f"✓ 達成 / kept: {len(outcomes)} 種の攻撃すべて"
    )
    return "\n".join(lines), goals_kept


def heading() -> str:
    """Write the heads of the table's columns."""
    return f"""\
{_padded("", _LABEL)}  平常 / quiet  攻撃中 / under        拒否   終了    メモリー / memory MiB  攻撃側CPU
{_padded("  攻撃 / attack", _LABEL)}   p50    p95    p50    p95 ms   比 refused ended  前→最後→後 (≤1分)  attacker"""


def line_of(outcome: Outcome) -> str:
    """Write an attack's line of the table."""
    mark = "✗" if missed(outcome) else "✓"
    times = " ".join(
        f"{within(answers, part) * 1000:6.0f}" for answers in (outcome.quiet, outcome.under) for part in (0.5, 0.95)
    )
    memory = "  ".join(
        f"{part} {one.before:.0f}→{one.at_end:.0f}→{one.after:.0f}" for part, one in outcome.memory.items()
    )
    return (
        f"{_padded(f'{mark} {outcome.label} ({outcome.name})', _LABEL)}{times}   {outcome.times_quiet:6.2f}"
        f"{sum(outcome.refusals.values()):7}{len(outcome.ended):6}    {memory}  {outcome.processor:.2f}"
    )


def _missed(outcome: Outcome) -> Iterator[str]:
    if goals := missed(outcome):
        yield f"✗ {outcome.name}: {'、'.join(_WORDS[goal] for goal in goals)}"
        for label, counts in (("拒否 / refused", outcome.refusals), ("攻撃側 / the attacker saw", outcome.seen)):
            if counts:
                yield f"    {label}: {_words(counts)}"


def _words(counts: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _padded(text: str, width: int) -> str:
    used = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - used)
