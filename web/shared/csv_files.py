"""Files that screens give: in the encoding that the address names, and streamed where they may be long."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from flask import Response, abort, request, stream_with_context

from rules.spreadsheet import FileEncoding, encoded
from runtime.logs import logger

_NOT_WHOLE = "このファイルは途中で終わっています。ここから先の行は含まれていません。もう一度取得してください。"
_log = logger(__name__)


def encoding_of_request() -> FileEncoding:
    """Read from the address in which encoding a file is wanted."""
    try:
        return FileEncoding(request.args.get("encoding", FileEncoding.UTF_8.value))
    except ValueError:
        abort(404)


def csv_answer(pieces: Iterable[bytes], name: str, encoding: FileEncoding) -> Response:
    """Give a file to save under a name."""
    return Response(
        pieces, content_type=encoding.content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def streamed(texts: Iterator[str], name: str) -> Response:
    """Give a file row by row."""
    encoding = encoding_of_request()
    begun = list(islice(texts, 2))  # what fails at once is a page that says so, not half a file
    return csv_answer(stream_with_context(encoded(_broken_off(chain(begun, texts)), encoding)), name, encoding)


def _broken_off(texts: Iterator[str]) -> Iterator[str]:
    """Say in the last line that a file is not whole, and have the server break the connection off besides."""
    try:
        yield from texts
    except Exception:
        _log.error("file broken off", exc_info=True)
        yield f'"{_NOT_WHOLE}"\r\n'
        raise
