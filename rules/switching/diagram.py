"""The page 案件状態の遷移: drawn from what the core does, so that it cannot say anything else."""

from collections.abc import Iterable, Iterator, Set

from rules.procedure.alarms import AlarmRule
from rules.procedure.events import BY_THE_HUB, INTERVENTIONS, CommandKind, NewsKind
from rules.switching.commands import ALL_PHASES
from rules.switching.reachable import Change
from schemas.codes import ENDED_PHASES, ApplicationState, CasePhase, Code

_WHO = {CommandKind: "小売", NewsKind: "送配電", AlarmRule: "時刻"}
_BY_RETAILER = "小売"

_HEAD = """\
# 案件状態の遷移

このページは、案件の中核（`rules/switching`）にあり得るすべての出来事を起こして得た遷移を、そのまま書き出したものです。
手で直さず、`python -m docs.write_case_states` で書き直してください。中核と食い違うと試験が失敗します。

- **小売**: 小売電気事業者の要求（12110、12410、10610、10710）
- **送配電**: 一般送配電事業者の回答と、業務処理状況確認で分かった変化
- **広域機関**: 広域機関の措置（期限の停止と再開、承継、終了）。連絡の記録は、同じ内容の「送配電」と同じ結果になります
- **支援システム**: 譲ったはずの先行の申請が、先にマッチングしていたと分かったとき
- **時刻**: 期限と、あらかじめ決めた確認の時刻
"""


def case_states_page(changes: Iterable[Change]) -> str:
    """Write the page, in Markdown with Mermaid diagrams."""
    changes = list(changes)
    return "\n".join(
        [
            _HEAD,
            "## 案件状態",
            "",
            *_diagram(phase_arrows(changes), begin=CasePhase.AWAITING_DECISION, ends=ENDED_PHASES),
            "",
            "### 要求を受け付ける案件状態",
            "",
            *_allowed(),
            "",
            "### きっかけと結果",
            "",
            *_table(("案件状態", "きっかけ", "案件履歴の行", "次の案件状態"), changes),
            "",
            "## 申請状態",
            "",
            "開始申請と廃止申請のそれぞれの状態です。規則はどちらも同じで、きっかけにはもう一方の申請の変化も含みます。",
            "",
            *_diagram(application_arrows(changes), begin=ApplicationState.NOT_FILED, ends=()),
            "",
        ]
    )


Arrow = tuple[Code, Code, Code]
"""From a state to another, and what brings it."""


def phase_arrows(changes: Iterable[Change]) -> set[Arrow]:
    """Collect what brings a case from one phase to another."""
    return {
        (change.before.phase, change.transition.state.phase, change.happening.trigger)
        for change in changes
        if change.before.phase is not change.transition.state.phase
    }


def application_arrows(changes: Iterable[Change]) -> set[Arrow]:
    """Collect what brings one of a case's applications from one state to another."""
    return {
        (before.state, after.state, change.happening.trigger)
        for change in changes
        for before, after in zip(change.before.applications, change.transition.state.applications, strict=True)
        if before.state is not after.state
    }


def history_lines(changes: Iterable[Change]) -> list[tuple[CasePhase, CasePhase, Code, Code]]:
    """List phase, next phase, what brings it and the line in the 案件履歴, in their order."""
    lines: set[tuple[CasePhase, CasePhase, Code, Code]] = {
        (change.before.phase, change.transition.state.phase, change.happening.trigger, change.transition.line.kind)
        for change in changes
    }
    return sorted(lines, key=lambda line: (*map(_place, line),))


def pairs(arrows: Set[Arrow]) -> dict[tuple[Code, Code], list[Code]]:
    """Put together what brings one state to the same other, all in the order of their codes."""
    return {
        pair: in_order({trigger for before, after, trigger in arrows if (before, after) == pair})
        for pair in sorted({(before, after) for before, after, _ in arrows}, key=lambda pair: (*map(_place, pair),))
    }


def _diagram(arrows: Set[Arrow], *, begin: Code, ends: Iterable[Code]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in in_order({state for before, after, _ in arrows for state in (before, after)}):
        yield f'    state "{state.label}" as {state.value}'
    yield f"    [*] --> {begin.value}"
    for (before, after), triggers in pairs(arrows).items():
        yield f"    {before.value} --> {after.value}: {'、'.join(map(trigger_words, triggers))}"
    for state in in_order(ends):
        yield f"    {state.value} --> [*]"
    yield "```"


def _allowed() -> Iterator[str]:
    phases = [phase for phase in CasePhase if phase not in ENDED_PHASES]
    yield _row("要求", *(phase.label for phase in phases))
    yield _row(*["---"] * (len(phases) + 1))
    for kind, allowed in ALL_PHASES.items():
        yield _row(kind.label, *("○" if phase in allowed else "–" for phase in phases))
    yield ""
    yield "これ以外の案件状態では、規則と項目を示して拒否します。終了した案件はどの要求も受け付けません。"


def _table(heads: tuple[str, ...], changes: Iterable[Change]) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*["---"] * len(heads))
    for before, after, trigger, line in history_lines(changes):
        unchanged = after is before
        yield _row(before.label, trigger_words(trigger), line.label, "（変わらない）" if unchanged else after.label)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def in_order(codes: Iterable[Code]) -> list[Code]:
    """Sort codes as their module has them."""
    return sorted(codes, key=_place)


def _place(code: Code) -> tuple[int, int]:
    kinds = list(_WHO)
    kind = kinds.index(type(code)) if type(code) in kinds else 0
    return kind, list(type(code)).index(code)


def trigger_words(trigger: Code) -> str:
    """Name what brings a change, with whose word it is; a decision is a retailer's too."""
    if trigger in BY_THE_HUB:
        return f"支援システム「{trigger.label}」"
    if trigger in INTERVENTIONS:
        return f"広域機関「{trigger.label}」"
    return f"{_WHO.get(type(trigger), _BY_RETAILER)}「{trigger.label}」"
