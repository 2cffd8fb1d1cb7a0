"""A file is made and sent: the template and a sample of it, the columns in words, and the form that takes it."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from rules.bulk.columns import columns_of
from rules.bulk.reading import LARGEST_REQUEST, MOST_ROWS
from rules.bulk.writing import sample, template
from rules.spreadsheet import FileEncoding, encoded
from schemas.fields import Form
from usecases.bulk_files import FileTooLarge, TooManyFiles, upload
from usecases.hub import Hub
from web.bulk.kept_file import kept_file_of, name_of
from web.bulk.screens import BulkScreen, bulk_screen_or_error
from web.catalogue_forms.nodes import hint
from web.shared.access import current_actor
from web.shared.csv_files import csv_answer, encoding_of_request
from web.shared.errors import error_page
from web.shared.forms import HubForm
from web.shared.own_draft import OwnDraft

_TOO_LARGE = "ファイルが大きすぎます。1つのファイルは20MiB（20,971,520バイト）までです。分けて送ってください。"
_TOO_MANY = (
    "貴社には、終わっていないファイルがほかに多くあります。一覧で、終わるのを待つか、不要なものを中止してください。"
)
_NO_LONGER_KEPT = "保存していたファイルは、30分を過ぎたため残っていません。もう一度選んでください。"


class FileForm(HubForm):
    """One file."""

    file = FileField("CSVファイル", validators=[FileRequired("ファイルを選んでください。")])

    def validate_file(self, field: FileField) -> None:
        """Take one alone: who chose several would not know which was sent."""
        if len(request.files.getlist(field.name)) > 1:
            raise ValidationError("ファイルが2つ以上選ばれています。1つずつ送ってください。")


@dataclass(frozen=True)
class UploadPages:
    """The views of one kind of file in one segment."""

    hub: Hub

    def show(self, kind: str, segment: str) -> str:
        """Show the form, with all that it takes to make a file."""
        screen = bulk_screen_or_error(kind, segment)
        return _page(screen, FileForm(), kept=self._kept(screen).values())

    def _kept(self, screen: BulkScreen) -> OwnDraft:
        return kept_file_of(self.hub.database, kind=screen.kind, segment=screen.segment)

    def upload(self, kind: str, segment: str) -> str | AnyResponse | tuple[str, int]:
        """Take a file, and lead on to where its check can be followed."""
        screen, form = bulk_screen_or_error(kind, segment), FileForm()
        if "kept" in request.form:
            return self._upload_kept(screen)
        if not form.validate():
            return _page(screen, form), 422
        return self._send(screen, form, name=name_of(form.file.data.filename), data=form.file.data.read())

    def _upload_kept(self, screen: BulkScreen) -> str | AnyResponse | tuple[str, int]:
        """Take the file that was kept when the session ended."""
        draft = self._kept(screen)
        typed, data = draft.values(), draft.file()
        if typed is None or data is None:
            flash(_NO_LONGER_KEPT, "warning")
            return redirect(screen.address(), 303)
        return self._send(screen, FileForm(formdata=None), name=typed["name"], data=data)

    def _send(
        self, screen: BulkScreen, form: FileForm, *, name: str, data: bytes
    ) -> str | AnyResponse | tuple[str, int]:
        try:
            number = upload(
                name,
                data,
                kind=screen.kind,
                actor=current_actor(),
                segment=screen.segment,
                hub=self.hub,
            )
        except FileTooLarge:
            form.file.errors = [_TOO_LARGE]
            return _page(screen, form), 413
        except TooManyFiles:
            form.file.errors = [_TOO_MANY]
            return _page(screen, form, kept=self._kept(screen).values()), 409
        self._kept(screen).drop()
        return redirect(url_for("bulk.file", number=number), 303)

    def template(self, kind: str, segment: str) -> Response:
        """Give the header to begin with."""
        screen = bulk_screen_or_error(kind, segment)
        return _download(screen, "template", template(kind=screen.kind, segment=screen.segment))

    def sample(self, kind: str, segment: str) -> Response:
        """Give a file that is filled in."""
        screen = bulk_screen_or_error(kind, segment)
        return _download(screen, "sample", sample(kind=screen.kind, segment=screen.segment))


def take_whole_files(app: Flask) -> None:
    """Let the address that takes files take larger requests than others. Goes before what reads the form."""

    @app.before_request
    def allow() -> None:
        if request.endpoint == "bulk.upload":
            request.max_content_length = LARGEST_REQUEST


def too_large(problem: RequestEntityTooLarge) -> tuple[str, int]:
    """Say of a request that has more bytes than are read, what a file may have. The form itself was not read."""
    arguments = request.view_args or {}
    if request.endpoint != "bulk.upload":
        return error_page(413)
    try:
        screen = bulk_screen_or_error(**arguments)
    except HTTPException as refused:  # nothing catches what an error's own page raises
        return error_page(refused.code or 500)
    form = FileForm(formdata=None)
    form.file.errors = [_TOO_LARGE]
    return _page(screen, form), 413


def _page(screen: BulkScreen, form: FileForm, *, kept: dict[str, Any] | None = None) -> str:
    return render_template(
        "bulk/upload.html",
        screen=screen,
        form=form,
        kept=kept,
        columns=[(column, hint(column.field)) for column in columns_of(screen.kind, screen.segment)],
        Form=Form,
        most_rows=MOST_ROWS,
        encodings=tuple(FileEncoding),
    )


def _download(screen: BulkScreen, name: str, text: str) -> Response:
    encoding = encoding_of_request()
    return csv_answer(encoded([text], encoding), f"{screen.number}-{screen.segment.value}-{name}.csv", encoding)
