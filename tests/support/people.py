"""The fixed cast at the screens, as seen from a referral of the new retailer to the current one."""

from deploy.samples import PEOPLE, Person, register_people
from models.database import Database, Session
from models.users.operations import log_in
from models.users.queries import Viewer, find_viewer
from tests.support.cases import register_retailers

_BY_ID = {person.user_id: person for person in PEOPLE}

NEW_SIDE = _BY_ID["1001aozo01"]
"""Of the new retailer."""
DECIDER = _BY_ID["1002mina01"]
"""Of the current retailer, and may decide."""
COLLEAGUE = _BY_ID["1002mina02"]
"""Of the current retailer, and may only look."""
OTHER = _BY_ID["1003yama01"]
"""Of a retailer that has no part in it."""
OPERATOR = _BY_ID["OCCTO00001"]
"""Of the hub, who sees all."""

CAST = (NEW_SIDE, DECIDER, COLLEAGUE, OTHER, OPERATOR)


def register_cast(session: Session) -> None:
    """Register the retailers and all sample people."""
    register_retailers(session)
    register_people(session)


def token_of(database: Database, person: Person) -> str:
    """Let a person in and give the token of the session; the password is not asked for."""
    with database.transaction() as session:
        if find_viewer(session, user_id=person.user_id) is None:
            register_cast(session)
        token = log_in(session, user_id=person.user_id, password_fits=True, source_address="192.0.2.1").token
    assert token is not None
    return token


def viewer_of(database: Database, person: Person) -> Viewer:
    """Give a person as the screens know them."""
    with database.transaction() as session:
        register_cast(session)
        viewer = find_viewer(session, user_id=person.user_id)
    assert viewer is not None
    return viewer
