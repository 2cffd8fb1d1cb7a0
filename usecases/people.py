"""Who somebody is that gives a user id."""

from models.users.queries import find_viewer
from usecases.actors import Person, person
from usecases.hub import Hub


class UnknownPerson(Exception):
    """Nobody of a company that takes part today has the user id."""

    def __init__(self, user_id: str) -> None:
        super().__init__(user_id)
        self.user_id = user_id


def find_person(user_id: str, *, hub: Hub) -> Person:
    """Find a registered user.

    :raises UnknownPerson: when there is none.
    """
    with hub.database.transaction() as session:
        viewer = find_viewer(session, user_id=user_id)
    if viewer is None:
        raise UnknownPerson(user_id)
    return person(viewer)
