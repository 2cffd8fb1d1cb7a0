"""The roles that a retailer defines: their list, and the form of one."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.users.roles import RetailerRole
from rules.access.function_groups import IN_ANY_GROUP, USE_CASES_OF
from usecases.hub import Hub
from usecases.user_roles import (
    CannotSeeWhatToDecide,
    NoSuchRole,
    RoleDefinition,
    RoleInUse,
    RoleNameTaken,
    forget_role,
    save_role,
    see_roles,
)
from web.shared.access import current_actor
from web.users.forms import RoleDefinitionForm

_TAKEN = "同じ名前の役割があります。"
_UNREAD = "廃止取次判断の権限には、同じ区分の受信箱の参照が必要です。"
_NOTHING = "権限を1つ以上選んでください。"


@dataclass(frozen=True)
class RolePages:
    """The views of roles."""

    hub: Hub

    def index(self) -> str:
        """List the roles of the administrator's retailer."""
        return render_template("users/roles.html", roles=self._roles())

    def new(self) -> str:
        """Show the form of a new role."""
        return _page(RoleDefinitionForm(), None)

    def define(self) -> Response | tuple[str, int]:
        """Define a role, or say what is wrong."""
        return self._save(None)

    def edit(self, role_id: str) -> str:
        """Show the form of a role as it is."""
        role = self._role(role_id)
        form = RoleDefinitionForm(data={"name": role.name, "grants": RoleDefinitionForm.ticks(role.grants)})
        return _page(form, role)

    def save(self, role_id: str) -> Response | tuple[str, int]:
        """Change a role, or say what is wrong."""
        return self._save(self._role(role_id))

    def drop(self, role_id: str) -> Response:
        """Forget a role that nobody has."""
        role = self._role(role_id)
        try:
            forget_role(role.id, actor=current_actor(), hub=self.hub)
        except RoleInUse:
            flash(f"役割「{role.name}」は、使っている（または使っていた）利用者がいるため、削除できません。", "error")
        else:
            flash(f"役割「{role.name}」を削除しました。", "success")
        return redirect(url_for("users.roles"), 303)

    def _save(self, role: RetailerRole | None) -> Response | tuple[str, int]:
        form = RoleDefinitionForm()
        if not form.validate():
            return _page(form, role), 422
        grants = form.chosen()
        definition = RoleDefinition(
            name=form.name.data.strip(), grants=grants, role_id=None if role is None else role.id
        )
        try:
            if not grants:
                form.grants.errors = [_NOTHING]
                return _page(form, role), 422
            save_role(definition, actor=current_actor(), hub=self.hub)
        except RoleNameTaken:
            form.name.errors = [_TAKEN]
            return _page(form, role), 422
        except CannotSeeWhatToDecide:
            form.grants.errors = [_UNREAD]
            return _page(form, role), 422
        flash(f"役割「{definition.name}」を保存しました。この役割の利用者には、次の操作から反映されます。", "success")
        return redirect(url_for("users.roles"), 303)

    def _roles(self) -> list[RetailerRole]:
        with self.hub.database.transaction() as session:
            return see_roles(actor=current_actor(), session=session)

    def _role(self, role_id: str) -> RetailerRole:
        for role in self._roles():
            if str(role.id) == role_id:
                return role
        raise NoSuchRole(role_id)


def _page(form: RoleDefinitionForm, role: RetailerRole | None) -> str:
    functions = {
        group: "、".join(sorted(use_case.label for use_case in use_cases)) for group, use_cases in USE_CASES_OF.items()
    }
    always = "、".join(use_case.label for use_case in IN_ANY_GROUP)
    return render_template("users/role.html", form=form, role=role, functions=functions, always=always)
