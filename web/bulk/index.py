"""Where people begin: the functions by segment, and the files of the company."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from schemas.codes import Segment
from usecases.bulk_files import files_of
from usecases.hub import Hub
from web.bulk.screens import screens_of
from web.bulk.search import FileSearch
from web.bulk.words import STATE_MARKS
from web.shared.access import Permission, current_actor, current_viewer, may
from web.shared.pager import pager_to, turn_of_request


@dataclass(frozen=True)
class IndexPages:
    """The views of the two lists."""

    hub: Hub

    def index(self) -> str | tuple[str, int]:
        """List what this person may send; who may only look sees the files."""
        if not may(current_viewer(), Permission.SEND_FILES):
            return self.files()
        return render_template(
            "bulk/index.html", segments=[(segment, screens_of(segment)) for segment in Segment], tabs=_tabs()
        )

    def files(self) -> str | tuple[str, int]:
        """List the files of the person's company, the newest first; for the hub operator those of all."""
        search, turn = FileSearch(request.args), turn_of_request()
        if not search.validate():
            return render_template("bulk/files.html", search=search, page=None, tabs=_tabs(), here=request.path), 422
        concern = search.concern
        with self.hub.database.transaction() as session:
            page = files_of(actor=current_actor(), session=session, concern=concern, turn=turn)
        return render_template(
            "bulk/files.html",
            search=search,
            chosen=[] if concern is None else [(search.standing.label.text, concern.label, url_for("bulk.files"))],
            page=page,
            pager=pager_to("bulk.files", page, turn=turn, **search.given),
            marks=STATE_MARKS,
            tabs=_tabs(),
            here=request.path,
        )


def _tabs() -> list[tuple[str, str, int | None]]:
    every: list[tuple[str, str, int | None]] = [
        ("ファイルを送る", url_for("bulk.index"), None),
        ("ファイルの一覧", url_for("bulk.files"), None),
    ]
    return every if may(current_viewer(), Permission.SEND_FILES) else []
