"""The committed documents are what the catalogue, the rules and the code make of them today."""

from collections.abc import Mapping

from docs.specification_pages.building import BUILT

ANEW = "write them anew: make docs"


def test_every_committed_page_is_as_it_is_built(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        assert (BUILT / name).read_bytes() == content, f"{name}: {ANEW}"


def test_there_is_no_page_that_is_not_built(files: Mapping[str, bytes]) -> None:
    assert {path.name for path in BUILT.glob("*.*")} == set(files), ANEW


def test_the_documents_keep_a_reasonable_size(files: Mapping[str, bytes]) -> None:
    assert sum(map(len, files.values())) < 3_000_000
