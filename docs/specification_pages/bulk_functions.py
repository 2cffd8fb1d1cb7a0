"""The four kinds of bulk files (利用規約2.2 (2)), each in three segments, as the other documents tell of them."""

from dataclasses import dataclass

from docs.specification_pages.rights import role_words, roles_with
from rules.bulk.columns import Column, columns_of
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from usecases.bulk_files import USE_CASE_OF_KIND


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
        """Give its place in a segment, on a page that tells of all of them: in ファイル定義書 too."""
        return f"{self.kind.value}-{segment.value}".replace("_", "-")

    def columns(self, segment: Segment) -> tuple[Column, ...]:
        """List the columns of its file."""
        return columns_of(self.kind, segment)


def bulk_functions() -> tuple[BulkFunction, ...]:
    return tuple(BulkFunction(kind) for kind in BulkKind)
