"""The four kinds of bulk files (利用規約2.2 (2)) in three segments, and their columns in ファイル定義書."""

from collections.abc import Iterator
from dataclasses import dataclass

from docs.specification_pages.rights import role_words, roles_with
from docs.specification_pages.site import Page
from rules.bulk.columns import Column, columns_of
from rules.bulk.kinds import BulkKind
from rules.bulk.reading import MOST_BYTES, MOST_ROWS
from rules.bulk.writing import sample
from schemas.codes import Segment
from usecases.bulk_files import USE_CASE_OF_KIND
from web.catalogue_forms.nodes import hint

FILES = "files-bulk.html"


@dataclass(frozen=True)
class BulkFunction:
    """One kind of file: what people can do by it."""

    kind: BulkKind

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return self.kind.value

    @property
    def who(self) -> str:
        """Say who may send such a file."""
        return role_words(roles_with([USE_CASE_OF_KIND[self.kind]]))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Give the segments that have it."""
        return tuple(Segment)

    def place(self, segment: Segment) -> str:
        """Give its place in a segment, on a page that tells of all of them."""
        return f"{self.kind.value}-{segment.value}"

    def columns(self, segment: Segment) -> tuple[Column, ...]:
        """List the columns of its file."""
        return columns_of(self.kind, segment)

    def sample(self, segment: Segment) -> str:
        """Write its file filled in, as the screen gives it."""
        return sample(kind=self.kind, segment=segment)


def bulk_functions() -> tuple[BulkFunction, ...]:
    return tuple(BulkFunction(kind) for kind in BulkKind)


def pages() -> Iterator[Page]:
    yield Page(
        FILES,
        "ファイル定義書（一括処理）",
        "一括処理で送るファイルの列です。1行が1件の要求で、列は電文の項目と同じカタログから作っています。",
        "files_bulk.html",
        {
            "functions": bulk_functions(),
            "hint": hint,
            "most_rows": f"{MOST_ROWS:,}",
            "most_bytes": f"{MOST_BYTES // 1024**2} MiB",
        },
        document="files.html",
    )
