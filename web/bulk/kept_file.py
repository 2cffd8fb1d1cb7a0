"""A file whose sending met the end of the session: kept, so that nobody has to look for it again after the login."""

from collections.abc import Mapping

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from models.database import Database
from rules.bulk.kinds import BulkKind
from rules.bulk.reading import MOST_BYTES
from schemas.codes import Segment
from usecases.bulk_files import USE_CASE_OF_KIND
from web.shared.access import current_viewer, may_do
from web.shared.drafts import KeptForm, KeptForms, storable
from web.shared.own_draft import OwnDraft

_UNNAMED = "名前のないファイル"


def name_of(filename: str | None) -> str:
    """Give what a file is called, as it can be stored."""
    return storable(filename).strip() or _UNNAMED


def kept_file_of(database: Database, *, kind: BulkKind, segment: Segment) -> OwnDraft:
    return OwnDraft(database, _name(kind, segment))


def _name(kind: BulkKind, segment: Segment) -> str:
    return f"file:{kind.value}:{segment.value}"


def _draft_name(arguments: Mapping[str, str]) -> str | None:
    try:
        return _name(BulkKind(arguments["kind"]), Segment(arguments["segment"]))
    except ValueError:
        return None


def _typed() -> dict[str, object] | None:
    try:
        sent = request.files.get("file")
    except RequestEntityTooLarge:
        return None
    data = _file()
    return None if sent is None or not data else {"name": name_of(sent.filename), "bytes": len(data)}


def _file() -> bytes | None:
    """Read the file; None where it is larger than any that is taken."""
    sent = request.files.get("file")
    if sent is None:
        return None
    data = sent.read(MOST_BYTES + 1)
    sent.seek(0)
    return data if len(data) <= MOST_BYTES else None


def _is_ours() -> bool:
    return may_do(current_viewer(), USE_CASE_OF_KIND[BulkKind((request.view_args or {})["kind"])])


KEPT_FORMS: KeptForms = {"bulk.upload": KeptForm("bulk.show", _draft_name, _typed, _is_ours, _file)}
