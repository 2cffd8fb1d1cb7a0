"""廃止取次判断 at the screen, step by step: the form, what follows from it, sending it, and what became of it."""

from collections.abc import Mapping

from flask import Blueprint

from usecases.hub import Hub
from web.decision.confirming_step import ConfirmingStep
from web.decision.form import DecisionForm, draft_name
from web.decision.result_step import ResultStep
from web.decision.sending_step import SendingStep
from web.decision.typing_step import TypingStep
from web.shared.access import Permission, current_viewer, may
from web.shared.drafts import KeptForm, KeptForms


def decision(hub: Hub) -> Blueprint:
    blueprint = Blueprint("decision", __name__, url_prefix="/cases/<case_number>/decision", template_folder="templates")
    typing, result = TypingStep(hub.database), ResultStep(hub.database)
    blueprint.add_url_rule("", "show", typing.show, methods=["GET"])
    blueprint.add_url_rule("", "check", typing.check, methods=["POST"])
    blueprint.add_url_rule("/confirm", "confirm", ConfirmingStep(hub.database).confirm, methods=["GET"])
    blueprint.add_url_rule("/send", "send", SendingStep(hub).send, methods=["POST"])
    blueprint.add_url_rule("/<message_id>", "result", result.result, methods=["GET"])
    return blueprint


def _draft_name(arguments: Mapping[str, str]) -> str | None:
    return draft_name(arguments["case_number"])


def _typed() -> dict[str, object]:
    return DecisionForm().typed()


def _is_ours() -> bool:
    return DecisionForm().is_ours and may(current_viewer(), Permission.DECIDE)


KEPT_FORMS: KeptForms = {
    "decision.check": KeptForm("decision.show", _draft_name, _typed, _is_ours),
    "decision.send": KeptForm("decision.confirm", _draft_name, _typed, _is_ours),
}
