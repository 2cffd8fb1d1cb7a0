"""The pages of the decision that more than one step shows."""

from flask import abort, render_template

from models.cases.screens import CasePage
from schemas.codes import Decision
from schemas.interfaces.decision import DecisionRequest
from web.cases.case_words import deadlines, next_deadline
from web.decision.decidable_case import DecidableCase, Problem
from web.decision.form import DecisionForm
from web.shared.message_ids import new_message_id


def sent_form() -> DecisionForm:
    """Read the form of this request; 400 for one that is not as the hub's own has it."""
    form = DecisionForm()
    form.validate()
    if not form.is_ours:
        abort(400)
    return form


def empty_form(page: CasePage) -> DecisionForm:
    """Make the form of a decision that nobody has typed yet, under a message id of its own."""
    return DecisionForm(formdata=None, data={"version": str(page.state.version), "message_id": new_message_id()})


def form_page(decidable: DecidableCase, form: DecisionForm, problem: Problem | None = None) -> str:
    """Show what is to be compared, and the form."""
    form.name_reasons(decidable.page.state.segment)
    return render_template(
        "decision/form.html",
        page=decidable.page,
        form=form,
        problem=problem,
        next_deadline=next_deadline(deadlines(decidable.page, now=decidable.now)),
    )


def amended_page(decidable: DecidableCase) -> str:
    """Show anew a content that was amended while it was read; the decision has to be made anew."""
    version = decidable.page.state.version
    problem = Problem(
        f"取次が版{version}に訂正されました。", "下の内容を自社の契約と改めて照合し、判断を入力し直してください。"
    )
    return form_page(decidable, empty_form(decidable.page), problem)


def blocked_page(decidable: DecidableCase) -> tuple[str, int] | None:
    """Show why nobody can decide on the case now; None where a decision can be made."""
    if decidable.problem is None:
        return None
    return render_template("decision/blocked.html", page=decidable.page, problem=decidable.problem), 409


def confirmation_page(
    decidable: DecidableCase, form: DecisionForm, decision: DecisionRequest, problem: Problem | None = None
) -> str:
    """Show what follows from a decision, and the button that sends it."""
    return render_template(
        "decision/confirm.html",
        page=decidable.page,
        form=form,
        decision=decision,
        accepts=decision.decision is Decision.ACCEPT,
        problem=problem,
    )
