"""A person at the screens of the running system, without a browser."""

import re

import requests

from deploy.samples import Person
from tests.support.world import World

_WITHIN = 20.0


def log_in(world: World, person: Person) -> requests.Session:
    """Log a person in, and give what they go on with."""
    web, session = world.stack.environment["HUB_WEB_PUBLIC_URL"], requests.Session()
    form = session.get(f"{web}/login", timeout=_WITHIN).text
    (token,) = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', form)
    session.post(
        f"{web}/login",
        data={"csrf_token": token, "user_id": person.user_id, "password": person.password},
        timeout=_WITHIN,
    ).raise_for_status()
    return session


def screen_of_case(world: World, person: Person, case_number: str) -> str:
    """Give a case's page as a person sees it."""
    web = world.stack.environment["HUB_WEB_PUBLIC_URL"]
    answer = log_in(world, person).get(f"{web}/cases/{case_number}", timeout=_WITHIN)
    assert answer.ok and answer.url.endswith(case_number)
    return answer.text
