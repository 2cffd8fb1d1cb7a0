"""The screens of people, page by page."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from usecases.hub import Hub
from usecases.user_roles import NoSuchRole
from usecases.users import NoSuchUser, NotByAdministrator
from web.shared.access import Permission, needs
from web.shared.errors import error_page
from web.users.file_pages import FilePages
from web.users.list_pages import ListPages
from web.users.person_pages import PersonPages
from web.users.role_pages import RolePages

_PERSON, _ROLE = "/of/<user_id>", "/roles/<role_id>"


def users(hub: Hub) -> Blueprint:
    blueprint = Blueprint("users", __name__, url_prefix="/users", template_folder="templates")
    lists, person, roles, file = ListPages(hub), PersonPages(hub), RolePages(hub), FilePages(hub)

    def add(
        address: str, name: str, view: Callable[..., str | Response | tuple[str, int]], method: str = "GET"
    ) -> None:
        blueprint.add_url_rule(address, name, needs(Permission.MANAGE_USERS)(view), methods=[method])

    add("", "index", lists.index)
    add("/users.csv", "download", lists.download)
    add("/new", "new", person.new)
    add("/new", "register", person.register, "POST")
    add(_PERSON, "show", person.show)
    add(f"{_PERSON}/edit", "edit", person.edit)
    add(f"{_PERSON}/edit", "save", person.save, "POST")
    add(f"{_PERSON}/rights", "rights", person.rights)
    add(f"{_PERSON}/rights", "set_rights", person.set_rights, "POST")
    add(f"{_PERSON}/act/<act>", "ask", person.ask)
    add(f"{_PERSON}/act/<act>", "act", person.act, "POST")
    add("/roles", "roles", roles.index)
    add("/roles/new", "new_role", roles.new)
    add("/roles/new", "define_role", roles.define, "POST")
    add(_ROLE, "edit_role", roles.edit)
    add(_ROLE, "save_role", roles.save, "POST")
    add(f"{_ROLE}/drop", "drop_role", roles.drop, "POST")
    add("/file", "file", file.show)
    add("/file/template.csv", "template", file.template)
    add("/file", "check", file.check, "POST")
    add("/file/checked", "checked", file.checked)
    add("/file/register", "register_file", file.register, "POST")
    blueprint.register_error_handler(NoSuchUser, _not_there)
    blueprint.register_error_handler(NoSuchRole, _not_there)
    blueprint.register_error_handler(NotByAdministrator, _not_theirs)
    return blueprint


def _not_there(problem: Any) -> tuple[str, int]:
    return error_page(404)


def _not_theirs(problem: NotByAdministrator) -> tuple[str, int]:
    return error_page(403)
