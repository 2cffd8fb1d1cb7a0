"""A referral taken by oneself, or given to a colleague."""

from dataclasses import dataclass

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from models.database import Database
from schemas.checks import fits
from schemas.fields import CASE_NUMBER
from usecases.assignments import AssignmentRequest, NoSuchColleague, NotTheirs, assign_referral
from web.inbox.place import place_of_request
from web.shared.access import current_actor


@dataclass(frozen=True)
class AssigningStep:
    """The view that assigns."""

    database: Database

    def assign(self, case_number: str) -> Response:
        """Put the referral into the chosen hands, and show it again; sent twice it is in the same hands."""
        place = place_of_request() or abort(400)
        if not fits(CASE_NUMBER, case_number):
            abort(404)
        wanted = AssignmentRequest(case_number=case_number, user_id=request.form.get("user_id") or None)
        with self.database.transaction() as session:
            try:
                assign_referral(wanted, actor=current_actor(), session=session)
            except NotTheirs:
                abort(404)
            except NoSuchColleague:
                abort(400)
        return redirect(place.address(case_number), 303)
