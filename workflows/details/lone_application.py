"""What the details of an application on its own say that only such a one has."""

from collections.abc import Iterator

from rules.lone_application.state import LoneApplication
from schemas.codes import ApplicationState
from workflows.details.applications import completion, missing
from workflows.details.waiting import NOTHING_TO_DO, Waiting, until_deadline


def standing(state: LoneApplication) -> str:
    """Write how it stands."""
    return f"- **単独申請**: {state.kind.label} {state.application.state.label}（版{state.version}）"


def retailers(state: LoneApplication) -> str:
    """Write who applies."""
    return f"- **申請者**: {state.applicant}（{state.kind_rules.applicant.label}）"


def waits(state: LoneApplication) -> Iterator[Waiting]:
    """List what it waits for as it stands."""
    application = state.application
    lack = missing(state, application, applicant="申請者")
    if lack is not None:
        yield lack
    elif application.state is ApplicationState.RECEIVED and state.kind_rules.matched:
        yield Waiting(
            f"{state.area.label}のマッチング（相手側の申請と）",
            until_deadline(state),
            f"{NOTHING_TO_DO}相手側の小売電気事業者の申請が届けば自動で進みます。",
        )
    else:
        yield completion(state)
