"""The filters of the list of people, as they stand in the address."""

from wtforms import SelectChoice, SelectField, StringField

from models.users.people import UserFilter, UserState
from schemas.codes import UserRole
from web.shared.forms import ANY, ListFilters, choices_of

_OF_RETAILERS = [role for role in UserRole if role is not UserRole.HUB_OPERATOR]
_CONTRACTORS = {"only": True, "none": False}


class UserSearch(ListFilters):
    """Text, state, role, and whether they are a contractor's."""

    names = ("text", "state", "role", "contractors")
    text = StringField("ユーザーID・氏名・受託者・装置", render_kw={"maxlength": "60", "autocomplete": "off"})
    state = SelectField("状態", choices=choices_of(UserState))
    role = SelectField("役割", choices=choices_of(_OF_RETAILERS))
    contractors = SelectField(
        "受託者", choices=[ANY, SelectChoice("only", "受託者だけ"), SelectChoice("none", "受託者を除く")]
    )

    def wanted(self) -> UserFilter:
        """Give the filter that the form's sound values make."""
        return UserFilter(
            text=self.text.data or "",
            state=UserState(self.state.data) if self.state.data else None,
            role=UserRole(self.role.data) if self.role.data else None,
            contractors=_CONTRACTORS.get(self.contractors.data),
        )

    def chosen_words(self) -> list[tuple[str, str, str]]:
        """List the filters that are set: name, label and word."""
        words = []
        for name, value in self.given.items():
            field = self[name]
            options = {choice.value: choice.label for choice in field.choices} if name != "text" else {}
            words.append((name, field.label.text, options.get(value, value)))
        return words
