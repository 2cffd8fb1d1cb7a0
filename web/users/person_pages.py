"""A person: registered, seen, changed, given a role, and what is done by one button after a question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.clock import business_now
from models.users.people import UserLine
from rules.calendar import day_of
from rules.user_entries import RoleChoice, UnsoundEntry, UserEntry, read_entry
from schemas.codes import UserRole
from usecases import users
from usecases.actors import Person
from usecases.hub import Hub
from usecases.users import EnablingRequest, NotByAdministrator, RoleRequest, UserIdTaken
from web.shared.access import current_actor, current_retailer
from web.users.forms import RoleForm, UserForm, typed_of
from web.users.words import ACTS, STATE_MARKS, Act, acts_on

_TAKEN = "このユーザーIDは、すでに使われています（削除した利用者のIDも使えません）。"


def _set_enabled(enabled: bool) -> Callable[[str, Person, Hub], None]:
    def act(user_id: str, actor: Person, hub: Hub) -> None:
        users.enable_user(EnablingRequest(user_id=user_id, enabled=enabled), actor=actor, hub=hub)

    return act


_DOING: Mapping[str, Callable[[str, Person, Hub], None]] = {
    "unlock": lambda user_id, actor, hub: users.unlock_user(user_id, actor=actor, hub=hub),
    "reissue": lambda user_id, actor, hub: users.reissue_password(user_id, actor=actor, hub=hub),
    "remove": lambda user_id, actor, hub: users.remove_user(user_id, actor=actor, hub=hub),
    "enable": _set_enabled(True),
    "disable": _set_enabled(False),
}


@dataclass(frozen=True)
class PersonPages:
    """The views of one person."""

    hub: Hub

    def new(self) -> str:
        """Show the form of a registration."""
        form = UserForm()
        form.offer(self._choices())
        return _form_page(form)

    def register(self) -> Response | tuple[str, int]:
        """Register, or say what is wrong."""
        form = UserForm()
        entry = self._entry(form, form.texts())
        if entry is None:
            return _form_page(form), 422
        try:
            users.register_user(entry, actor=current_actor(), hub=self.hub)
        except UserIdTaken:
            form.mark(UnsoundEntry({"user_id": _TAKEN}))
            return _form_page(form), 422
        flash("登録しました。ユーザーIDと最初のパスワードは、本人のメールアドレスに届きます。", "success")
        return redirect(url_for("users.show", user_id=entry.user_id), 303)

    def show(self, user_id: str) -> str:
        """Show all that is known of a person."""
        user = self._user(user_id)
        return render_template("users/person.html", user=user, acts=acts_on(user), marks=STATE_MARKS)

    def edit(self, user_id: str) -> str:
        """Show the form of a change."""
        user = self._changeable(user_id)
        form = UserForm(data=typed_of(user))
        form.offer(self._choices())
        return _form_page(form, user)

    def save(self, user_id: str) -> Response | tuple[str, int]:
        """Change, or say what is wrong. Id and role are not this form's to change."""
        user, form = self._changeable(user_id), UserForm()
        kept = {name: text for name, text in typed_of(user).items() if name in ("user_id", "role")}
        entry = self._entry(form, form.texts() | kept)
        if entry is None:
            return _form_page(form, user), 422
        users.change_user(entry, actor=current_actor(), hub=self.hub)
        flash("登録内容を修正しました。本人にメールで知らせます。", "success")
        return redirect(url_for("users.show", user_id=user_id), 303)

    def rights(self, user_id: str) -> str:
        """Show which roles there are, and the one that the person has."""
        user = self._changeable(user_id)
        form = RoleForm(data={"role": RoleChoice(user.role, user.own_role_id, "").key})
        _offer(form, self._choices())
        return render_template("users/rights.html", user=user, form=form)

    def set_rights(self, user_id: str) -> Response | tuple[str, int]:
        """Give the person another role."""
        user, form, choices = self._changeable(user_id), RoleForm(), self._choices()
        _offer(form, choices)
        if not form.validate():
            return render_template("users/rights.html", user=user, form=form), 422
        choice = next(choice for choice in choices if choice.key == form.role.data)
        users.set_user_rights(RoleRequest(user_id=user_id, choice=choice), actor=current_actor(), hub=self.hub)
        flash(f"役割を「{choice.label}」にしました。次の操作から、この権限になります。", "success")
        return redirect(url_for("users.show", user_id=user_id), 303)

    def ask(self, user_id: str, act: str) -> str:
        """Ask before something is done, and say what follows."""
        user = self._changeable(user_id)
        return render_template("users/ask.html", user=user, act=_act_on(user, act))

    def act(self, user_id: str, act: str) -> Response:
        """Do it."""
        wanted = ACTS.get(act) or abort(404)
        _DOING[wanted.name](user_id, current_actor(), self.hub)
        flash(wanted.done, "success")
        to_list = wanted.name == "remove"
        return redirect(url_for("users.index") if to_list else url_for("users.show", user_id=user_id), 303)

    def _user(self, user_id: str) -> UserLine:
        with self.hub.database.transaction() as session:
            return users.see_user(user_id, actor=current_actor(), session=session)

    def _changeable(self, user_id: str) -> UserLine:
        user = self._user(user_id)
        if user.role is UserRole.RETAILER_ADMINISTRATOR:
            raise NotByAdministrator(user_id)
        return user

    def _choices(self) -> tuple[RoleChoice, ...]:
        with self.hub.database.transaction() as session:
            return users.choices_of(actor=current_actor(), session=session)

    def _entry(self, form: UserForm, texts: Mapping[str, str]) -> UserEntry | None:
        """Read what was typed; None where something is wrong, which the form then says."""
        choices = self._choices()
        form.offer(choices)
        with self.hub.database.transaction() as session:
            today = day_of(business_now(session))
        try:
            return read_entry(texts, company=current_retailer(), choices=choices, today=today)
        except UnsoundEntry as unsound:
            form.mark(unsound)
            return None


def _offer(form: RoleForm, choices: tuple[RoleChoice, ...]) -> None:
    form.role.choices = [(choice.key, choice.label) for choice in choices]


def _act_on(user: UserLine, name: str) -> Act:
    return next((act for act in acts_on(user) if act.name == name), None) or abort(404)


def _form_page(form: UserForm, user: UserLine | None = None) -> str:
    return render_template("users/form.html", form=form, user=user, company=current_retailer())
