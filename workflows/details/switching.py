"""What the details of a switching case say that only a switching case has."""

from collections.abc import Iterator

from rules.switching.state import SwitchingCase
from rules.wording import plain_day
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from workflows.details.applications import cancellation, completion, missing, named
from workflows.details.waiting import NO_END, NOTHING_TO_DO, Waiting, record_command, until_deadline

_APPLICANT = {ApplicationKind.START: "新小売", ApplicationKind.END: "現小売"}


def standing(state: SwitchingCase) -> str:
    """Write how it stands."""
    return f"- **案件状態**: {state.phase.label}（版{state.version}）"


def retailers(state: SwitchingCase) -> str:
    """Write who takes part."""
    return f"- **新小売・現小売**: {state.new_retailer}・{state.current_retailer}"


def waits(state: SwitchingCase) -> Iterator[Waiting]:
    """List what it waits for as it stands."""
    if state.phase is CasePhase.AWAITING_DECISION:
        yield Waiting(
            "現小売の判断",
            until_deadline(state),
            f"{NOTHING_TO_DO}判断も取消も小売電気事業者が行います。現小売が判断できない事情があれば "
            f"`.venv/bin/python -m upkeep case suspend {state.case_number} …`。",
        )
    elif state.phase is CasePhase.AWAITING_APPLICATIONS:
        yield from _of_pair(state)
    elif state.phase is CasePhase.CANCELLING:
        for application in state.applications:
            if application.may_be_at_grid:
                yield cancellation(state, application)
    elif state.phase is CasePhase.MATCHED:
        yield completion(state)
    elif state.phase is CasePhase.ONE_SIDE_DONE:
        yield _other_side(state)


def _of_pair(state: SwitchingCase) -> Iterator[Waiting]:
    lacking = [
        lack
        for application in state.applications
        if (lack := missing(state, application, applicant=_APPLICANT[application.kind])) is not None
    ]
    yield from lacking
    if not lacking:
        yield Waiting(
            f"{state.area.label}のマッチング", until_deadline(state), f"{NOTHING_TO_DO}知らせが届けば自動で進みます。"
        )


def _other_side(state: SwitchingCase) -> Waiting:
    (other,) = [
        application for application in state.applications if application.state is not ApplicationState.COMPLETED
    ] or [state.end]
    return Waiting(
        f"{state.area.label}の残る側の処理完了か取消: {named(other)}",
        f"{NO_END}（広域機関が決めるまで。異動日 {plain_day(state.effective_date)}）",
        f"**人の判断が要ります。**先方に確かめ、完了していれば {record_command(state, other.number, 'completed')}。"
        "取り消されていれば `--news cancelled` で記録してから "
        f"`.venv/bin/python -m upkeep case close {state.case_number} …`。",
    )
