"""The list of people, and the same as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Response, render_template, request, url_for

from models.users.people import UserLine
from rules.spreadsheet import FileEncoding, csv_text
from rules.wording import plain_moment
from usecases.hub import Hub
from usecases.users import all_users, see_users
from web.shared.access import current_actor
from web.shared.csv_files import streamed
from web.shared.pager import pager_to, turn_of_request
from web.users.search import UserSearch
from web.users.words import STATE_MARKS

_HEADER = (
    *("ユーザーID", "氏名", "メールアドレス", "役割", "状態", "受託者の会社名", "受託の終了日", "使用する装置"),
    *("初期パスワードのまま", "最後の利用", "登録"),
)


@dataclass(frozen=True)
class ListPages:
    """The views of the list."""

    hub: Hub

    def index(self) -> str | tuple[str, int]:
        """List the people that the filters of the address leave."""
        search, turn = _search(), turn_of_request()
        if search.errors:
            return render_template("users/list.html", search=search, page=None, chosen=[]), 422
        with self.hub.database.transaction() as session:
            page = see_users(search.wanted(), actor=current_actor(), session=session, turn=turn)
        return render_template(
            "users/list.html",
            search=search,
            page=page,
            chosen=[
                (
                    label,
                    word,
                    url_for("users.index", **{each: value for each, value in search.given.items() if each != name}),
                )
                for name, label, word in search.chosen_words()
            ],
            pager=pager_to("users.index", page, turn=turn, **search.given),
            marks=STATE_MARKS,
            encodings=list(FileEncoding),
        )

    def download(self) -> Response | tuple[str, int]:
        """Give all that the filters leave."""
        search = _search()
        if search.errors:
            return render_template("users/list.html", search=search, page=None, chosen=[]), 422
        return streamed(_texts(all_users(search.wanted(), actor=current_actor(), hub=self.hub)), "users.csv")


def _search() -> UserSearch:
    search = UserSearch(request.args)
    search.validate()
    return search


def _texts(users: Iterable[UserLine]) -> Iterator[str]:
    yield csv_text([_HEADER])
    for user in users:
        yield csv_text([_cells(user)])


def _cells(user: UserLine) -> tuple[str, ...]:
    return (
        user.user_id,
        user.name,
        user.email,
        user.role_words,
        user.state.label,
        user.contractor or "",
        user.works_until.isoformat() if user.works_until else "",
        user.device,
        "はい" if user.must_change_password else "",
        plain_moment(user.last_used_at) if user.last_used_at else "",
        plain_moment(user.registered_at),
    )
