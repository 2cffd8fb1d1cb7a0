"""What the core answers of a switching case."""

from rules.procedure.outcomes import NothingNew, Transition
from rules.switching.state import SwitchingCase
from schemas.findings import Refusal

Heard = Transition[SwitchingCase] | NothingNew
"""Of news, which is never refused."""
Outcome = Heard | Refusal
