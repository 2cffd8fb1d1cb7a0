"""People registered from a file: sent, checked as a whole, looked at, and only then registered."""

from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from rules.bulk.problems import FileFault, Problem
from rules.spreadsheet import FileEncoding, csv_text, encoded
from rules.user_entries import FIELDS, OPTIONAL
from rules.user_files import LARGEST_FILE, MOST_PEOPLE
from usecases.hub import Hub
from usecases.user_files import check_users, register_users
from usecases.users import UserIdTaken
from web.shared.access import current_actor, current_retailer
from web.shared.csv_files import csv_answer, encoding_of_request
from web.shared.own_draft import OwnDraft
from web.users.forms import UsersFileForm

_TOO_LARGE = f"ファイルが大きすぎます。{LARGEST_FILE // 1024}KiBまで、{MOST_PEOPLE:,}人までです。"
_SAMPLE = {
    "user_id": "000001",
    "name": "見本 花子",
    "email": "hanako@example.jp",
    "role": "担当者(照会のみ)",
    "contractor": "",
    "works_until": "",
    "device": "本社3階 PC-12",
}


@dataclass(frozen=True)
class FilePages:
    """The views of a file of people."""

    hub: Hub

    def show(self) -> str:
        """Show how a file is made, and take one."""
        return _page(UsersFileForm())

    def template(self) -> Response:
        """Give the header, and a sample row."""
        encoding = encoding_of_request()
        sample = [f"{current_retailer()}{_SAMPLE['user_id']}", *list(_SAMPLE.values())[1:]]
        return csv_answer(encoded([csv_text([list(FIELDS.values()), sample])], encoding), "users.csv", encoding)

    def check(self) -> AnyResponse | tuple[str, int]:
        """Take a file, and go on to what was found in it; a file of which nothing can be used is said here."""
        form = UsersFileForm()
        sent = request.files.get(form.file.name)
        data = b"" if sent is None else sent.read(LARGEST_FILE + 1)
        if not form.validate() or not (sent and sent.filename):
            form.file.errors = ["CSVファイルを選んでください。"]
            return _page(form), 422
        if len(data) > LARGEST_FILE:
            form.file.errors = [_TOO_LARGE]
            return _page(form), 422
        try:
            check_users(data, actor=current_actor(), hub=self.hub)
        except FileFault as fault:
            form.file.errors = ["このファイルは読み取れません。"]
            return _page(form, fault.problems), 422
        self._draft.keep({}, file=data)
        return redirect(url_for("users.checked"), 303)

    def checked(self) -> str | AnyResponse:
        """Show every row with what is wrong with it; nothing is registered yet."""
        data = self._data()
        if data is None:
            return self._begin_anew()
        rows = check_users(data, actor=current_actor(), hub=self.hub)
        return render_template(
            "users/checked.html", rows=rows, faulty=sum(bool(row.faults) for row in rows), fields=FIELDS
        )

    def register(self) -> AnyResponse:
        """Register all people of the file; where one cannot be, nobody is."""
        data = self._data()
        if data is None:
            return self._begin_anew()
        rows = check_users(data, actor=current_actor(), hub=self.hub)
        entries = [row.entry for row in rows if row.entry is not None]
        if len(entries) < len(rows):
            return redirect(url_for("users.checked"), 303)
        try:
            register_users(entries, actor=current_actor(), hub=self.hub)
        except UserIdTaken:
            return redirect(url_for("users.checked"), 303)
        self._draft.drop()
        flash(
            f"{len(entries)}人を登録しました。ユーザーIDと最初のパスワードは、各人のメールアドレスに届きます。",
            "success",
        )
        return redirect(url_for("users.index"), 303)

    @property
    def _draft(self) -> OwnDraft:
        return OwnDraft(self.hub.database, "users-file")

    def _data(self) -> bytes | None:
        return self._draft.file()

    def _begin_anew(self) -> AnyResponse:
        flash("確認したファイルの保存期間（30分）が過ぎました。もう一度ファイルを送ってください。", "warning")
        return redirect(url_for("users.file"), 303)


def _page(form: UsersFileForm, problems: tuple[Problem, ...] = ()) -> str:
    return render_template(
        "users/file.html",
        form=form,
        problems=problems,
        columns=[(label, name not in OPTIONAL) for name, label in FIELDS.items()],
        encodings=list(FileEncoding),
        most_people=MOST_PEOPLE,
        largest=LARGEST_FILE // 1024,
    )
