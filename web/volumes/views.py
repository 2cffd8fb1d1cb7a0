"""The page 集計, and each of its charts as a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request, url_for

from models.cases.volume_keys import Figure
from models.cases.volumes import Volumes
from models.clock import business_now
from models.database import Database, Session
from rules.calendar import day_of
from rules.spreadsheet import FileEncoding, csv_text, encoded
from usecases.volumes import books_of, see_volumes
from web.charts.drawing import Drawing
from web.shared.access import Permission, current_actor, needs
from web.shared.csv_files import csv_answer, encoding_of_request
from web.volumes.charts import SHOWN, drawn, figures_of, names_in_file, shown_in
from web.volumes.search import BOOK_WORDS, MOST_DAYS, VolumeSearch


def volume_screens(database: Database) -> Blueprint:
    blueprint = Blueprint("volumes", __name__, template_folder="templates")

    @blueprint.get("/volumes")
    @needs(Permission.SEE_VOLUMES)
    def show() -> str | tuple[str, int]:
        with database.transaction() as session:
            search = _search(session)
            if not search.validate():
                return _page(search), 422
            wanted = search.wanted()
            counted = see_volumes(wanted, actor=current_actor(), session=session)
        charts = [(figure, SHOWN[figure].note, drawn(figure, counted, wanted)) for figure in shown_in(search.book)]
        return _page(search, charts=charts)

    @blueprint.get("/volumes/<figure>.csv")
    @needs(Permission.SEE_VOLUMES)
    def download(figure: str) -> Response | tuple[str, int]:
        with database.transaction() as session:
            search = _search(session)
            shown = next((each for each in shown_in(search.book) if each.value == figure), None)
            encoding = encoding_of_request()
            if shown is None:
                abort(404)
            if not search.validate():
                return _page(search), 422
            counted = see_volumes(search.wanted(), actor=current_actor(), session=session)
        text = _file(shown, search, counted)
        return csv_answer(encoded([text], encoding), f"volumes-{shown.value}.csv", encoding)

    return blueprint


def _search(session: Session) -> VolumeSearch:
    today = day_of(business_now(session))
    return VolumeSearch(request.args, books=books_of(current_actor()), today=today)


def _page(search: VolumeSearch, *, charts: Sequence[tuple[Figure, str, Drawing]] = ()) -> str:
    books = books_of(current_actor())
    addresses = {book: url_for("volumes.show", **(search.given | {"book": book.value})) for book in books}
    return render_template(
        "volumes/volumes.html",
        search=search,
        tabs_of_books=[(BOOK_WORDS[book], addresses[book], None) for book in books],
        current=addresses[search.book],
        chosen=[]
        if search.errors
        else [(label, said, _without(search, *names)) for label, said, names in search.chosen],
        charts=charts,
        encodings=FileEncoding,
        most_days=MOST_DAYS,
    )


def _without(search: VolumeSearch, *names: str) -> str:
    return url_for("volumes.show", **{name: value for name, value in search.given.items() if name not in names})


def _file(figure: Figure, search: VolumeSearch, counted: Volumes) -> str:
    figures = figures_of(figure, counted, search.wanted())
    rows: list[list[object]] = [list(figures.columns)]
    for place, label in enumerate(names_in_file(figure, search.wanted())):
        rows.append([label, *(series.values[place] for series in figures.series)])
    return csv_text(rows)
