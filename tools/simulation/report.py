"""What a year came to, in words: the table of endings, the figures, and each problem with its script and history."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rules.wording import plain_moment
from tools.simulation.coverage import Coverage
from tools.simulation.judgement import Problem
from tools.simulation.messages import Figures
from tools.simulation.weather import Spell
from tools.simulation.year import Year

_MOST_PROBLEMS = 20


def table(coverage: Coverage) -> str:
    """Write down how often each end came up, by kind and segment, and each line of a history."""
    ends, total = coverage.ends, sum(coverage.ends.values(), Counter())
    return "\n".join(
        (
            *(f"  {kind} {segment}: {_words(ends[kind, segment])}" for kind, segment in sorted(ends)),
            f"  合計 {total.total()} 件: {_words(total)}　途中で片側完了 {coverage.one_sided}",
            f"  承継 {coverage.left.total()} 回: "
            + _words(Counter({f"{who}（{phase}）": count for (who, phase), count in coverage.left.items()})),
            f"  案件履歴 {coverage.lines.total()} 行: {_words(coverage.lines)}",
        )
    )


def figures(year: Year, spells: Sequence[Spell], traffic: Figures, *, seconds: float, grid_repeats: int) -> str:
    """Write down what was sent and what befell."""
    befell = Counter(spell.trouble.label for spell in spells)
    return "\n".join(
        (
            f"  電文 {traffic.messages} 通、再送 {traffic.repeats} 回、断られた電文 {_words(traffic.refusals)}",
            f"  エリアの異変 {befell.total()} 回: {_words(befell)}　送配電への再送 {grid_repeats} 回",
            f"  起こせなかった案件 延べ {year.not_reached} 件",
            f"  業務日時 {year.steps} 歩、うち待ちきれなかった歩 {year.unrested}、{seconds:.0f} 秒",
        )
    )


def problems_in_words(year: Year, problems: Sequence[Problem], *, seed: int) -> str:
    """Tell each problem with what is needed to look into it: seed, script, history."""
    by_number = {number: player for player in year.players for number in player.all_numbers}
    by_script = {player.script.number: player for player in year.players}
    lines: list[str] = []
    for problem in problems[:_MOST_PROBLEMS]:
        player = by_number.get(problem.number) or by_script.get(problem.script or 0)
        lines.append(f"✗ SEED={seed} {problem.number} {problem.words}")
        if player is not None:
            lines.append(f"    台本 {player.script.number}: {player.script}")
            lines += [f"    {number} {line}" for number in player.numbers for line in _history(year, number)]
    if len(problems) > _MOST_PROBLEMS:
        lines.append(f"… ほか {len(problems) - _MOST_PROBLEMS} 件")
    return "\n".join(lines)


def _history(year: Year, number: str) -> Iterable[str]:
    for written_line in year.records.history(number):
        details = " ".join(f"{name}={value}" for name, value in written_line.line.details.items())
        at = plain_moment(written_line.at)
        yield f"{written_line.step:3d} {at} {written_line.line.kind.label}（{written_line.line.actor.label}）{details}"


def _words(counter: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count}" for name, count in sorted(counter.items())) or "なし"
