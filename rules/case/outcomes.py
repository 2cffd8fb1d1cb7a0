"""What the core answers of a switching case."""

from rules.case.state import CaseState
from rules.procedure.outcomes import NothingNew, Transition
from schemas.findings import Refusal

Outcome = Transition[CaseState] | Refusal | NothingNew
