"""People of the cast as the screens know them."""

from deploy.samples import Person
from models.database import Database
from models.users.operations import log_in
from models.users.queries import Viewer, find_viewer
from tests.support.cast import register_cast


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
