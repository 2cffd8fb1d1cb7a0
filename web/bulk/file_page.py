"""A file on its way: how it stands, what can be sent of it, the question whether it is the right one, how far it is."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from wtforms import BooleanField

from models.bulk.queries import FileOverview, FileRowLine
from models.database import Session
from rules.bulk.progress import POSSIBLE, FileState, RowOutcome, Steering
from rules.spreadsheet import FileEncoding
from usecases.bulk_files import USE_CASE_OF_KIND, NoSuchFile, file_overview, rows_of
from usecases.hub import Hub
from web.bulk.rows import key_header, shown, tabs_of
from web.bulk.screens import BulkScreen
from web.bulk.words import STATE_MARKS, consequences, progress_words, result_words, summary_words
from web.shared.access import Permission, current_actor, current_viewer, may, may_do
from web.shared.forms import HubForm

_AT_FIRST_SIGHT = 20
"""Rows at fault that stand on the page of the file itself."""
_PAGE = 50
_LONGEST_LINE = 9
"""Digits of a line's number."""
_GOES_ON = (FileState.UPLOADED, FileState.CHECKING, FileState.RUNNING)


class ConfirmForm(HubForm):
    """The question whether it is the right file."""

    again = BooleanField("前にも送った同じ内容のファイルと知って、もう一度送信する")


@dataclass(frozen=True)
class FilePages:
    """The views of a file."""

    hub: Hub

    def file(self, number: str) -> str:
        """Show how a file stands."""
        return self.page(number)

    def page(self, number: str, form: ConfirmForm | None = None) -> str:
        """Show a file, with the question as it was answered, if it was."""
        with self.hub.database.transaction() as session:
            file = file_or_404(session, number)
            at_fault = file.state in (FileState.CHECKED, FileState.REFUSED) and file.faulty > 0
            rows = self._rows(session, number, RowOutcome.FAULTY, limit=_AT_FIRST_SIGHT) if at_fault else []
        return render_template(
            "bulk/file.html",
            file=file,
            screen=BulkScreen(file.kind, file.segment),
            form=form or ConfirmForm(formdata=None),
            rows=shown(file, rows),
            key=key_header(file),
            tabs=tabs_of(file),
            marks=STATE_MARKS,
            goes_on=file.state in _GOES_ON,
            step=_step(file.state),
            possible={asked for asked in Steering if file.state in POSSIBLE[asked] and _may(asked, file)},
            summary=summary_words(file),
            consequences=consequences(file),
            progress_words=progress_words(file),
            result=result_words(file),
            FileState=FileState,
            Steering=Steering,
            encodings=tuple(FileEncoding),
        )

    def rows(self, number: str) -> str:
        """List the rows of a file, those of one outcome alone where the address says so."""
        outcome, after = _outcome_of_request(), _after_of_request()
        with self.hub.database.transaction() as session:
            file = with_rows(session, number)
            rows = self._rows(session, number, outcome, after=after, limit=_PAGE + 1)
        return render_template(
            "bulk/rows.html",
            file=file,
            screen=BulkScreen(file.kind, file.segment),
            rows=shown(file, rows[:_PAGE]),
            key=key_header(file),
            tabs=tabs_of(file),
            outcome=outcome,
            after=after,
            last=rows[_PAGE - 1].line if len(rows) > _PAGE else None,
            encodings=tuple(FileEncoding),
        )

    def _rows(
        self, session: Session, number: str, outcome: RowOutcome | None, *, after: int = 0, limit: int
    ) -> list[FileRowLine]:
        return rows_of(
            number,
            actor=current_actor(),
            session=session,
            purpose="画面:一括処理の行",
            outcomes=() if outcome is None else (outcome,),
            after=after,
            limit=limit,
        )


def with_rows(session: Session, number: str) -> FileOverview:
    """Give a file whose rows are still there; who asks for forgotten ones is led to the file's page, which says so."""
    file = file_or_404(session, number)
    if file.rows_forgotten_at is not None:
        abort(redirect(url_for("bulk.file", number=number)))
    return file


def file_or_404(session: Session, number: str) -> FileOverview:
    """Give a file of the person's company; 404 for one of another, as for none."""
    try:
        return file_overview(number, actor=current_actor(), session=session)
    except NoSuchFile:
        abort(404)


def _may(asked: Steering, file: FileOverview) -> bool:
    viewer = current_viewer()
    if asked is Steering.CONFIRM:
        return may_do(viewer, USE_CASE_OF_KIND[file.kind])
    return may(viewer, Permission.STEER_FILES)


def _step(state: FileState) -> int:
    """Tell which of the steps (選ぶ, 確認, 実行, 結果) a file stands at."""
    if state in (FileState.UPLOADED, FileState.CHECKING, FileState.CHECKED, FileState.REFUSED):
        return 2
    return 3 if state in (FileState.RUNNING, FileState.PAUSED) else 4


def _outcome_of_request() -> RowOutcome | None:
    wanted = request.args.get("outcome")
    try:
        return RowOutcome(wanted) if wanted else None
    except ValueError:
        abort(404)


def _after_of_request() -> int:
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) <= _LONGEST_LINE):
        abort(404)
    return int(after)
