"""What the core answers of an application on its own."""

from rules.lone_application.state import LoneApplication
from rules.procedure.outcomes import NothingNew, Transition
from schemas.findings import Refusal

Heard = Transition[LoneApplication] | NothingNew
"""Of news, which is never refused."""
Outcome = Heard | Refusal
