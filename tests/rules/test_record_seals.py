"""How records are sealed, reckoned here once more from SHA-256 alone."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rules.records.proof import CLOCKS_DIFFER_BY, Breach, Misfit, Row, Sealed, check_root, compare, follow
from rules.records.seals import FIRST, RecordKind, Seal, leaf_of, root_of

NOON = datetime(2026, 8, 12, 12, tzinfo=UTC)
LEAVES = [bytes([number]) * 32 for number in range(7)]


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_of_rfc_6962(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(tree_of_rfc_6962(leaves[:split]), tree_of_rfc_6962(leaves[split:]))


@pytest.mark.parametrize("count", range(1, 8))
def test_the_tree_is_that_of_rfc_6962(count: int) -> None:
    assert root_of(LEAVES[:count]) == tree_of_rfc_6962(LEAVES[:count]).hex()


def test_every_column_of_a_row_counts_and_a_moment_in_whatever_zone() -> None:
    row: dict[str, object] = {"id": 1, "at": NOON, "subject": "SW1", "user_id": None}
    leaf = leaf_of(RecordKind.READ, row)

    assert leaf == leaf_of(RecordKind.READ, row | {"at": NOON.astimezone()})
    others: list[dict[str, object]] = [
        {"id": 2},
        {"at": NOON + timedelta(microseconds=1)},
        {"subject": "SW2"},
        {"user_id": ""},
    ]
    assert leaf not in [leaf_of(RecordKind.READ, row | other) for other in others]
    assert leaf != leaf_of(RecordKind.CHANGE, row)


def chain(count: int = 3) -> list[tuple[Seal, str]]:
    seals: list[tuple[Seal, str]] = []
    for number in range(1, count + 1):
        seal = Seal(
            number=number,
            kind=RecordKind.READ,
            batch=number,
            ends_batch=True,
            root=root_of(LEAVES[:number]),
            reads=number,
            changes=0,
            opened_at=NOON,
            sealed_at=NOON,
            previous=seals[-1][1] if seals else FIRST,
        )
        seals.append((seal, seal.hash))
    return seals


def test_a_chain_that_nobody_touched_fits_with_what_was_published_of_it() -> None:
    assert list(follow(chain(), published=(2, chain()[1][1]))) == []


def test_a_seal_that_was_changed_is_named_whether_or_not_its_hash_was_made_anew() -> None:
    seals = chain()
    forged = replace(seals[1][0], root="0" * 64)

    kept, renewed = [*seals], [*seals]
    kept[1], renewed[1] = (forged, seals[1][1]), (forged, forged.hash)

    assert next(follow(kept)) == Breach(misfit=Misfit.CHAIN_BROKEN, seal=2)
    assert next(follow(renewed)) == Breach(misfit=Misfit.CHAIN_BROKEN, seal=3)


def test_a_seal_that_is_missing_is_named() -> None:
    seals = chain()

    assert list(follow([seals[0], seals[2]])) == [Breach(misfit=Misfit.SEAL_MISSING, seal=2)]


def test_a_chain_made_anew_or_cut_off_differs_from_what_was_published() -> None:
    assert list(follow(chain(), published=(3, "f" * 64))) == [Breach(misfit=Misfit.NOT_PUBLISHED, seal=3)]
    assert list(follow(chain(2), published=(3, "f" * 64))) == [Breach(misfit=Misfit.SEAL_MISSING, seal=3)]


def test_kept_hashes_that_are_not_those_of_the_root_are_told() -> None:
    (seal, _) = chain(1)[0]

    assert list(check_root(seal, LEAVES[:1])) == []
    assert list(check_root(seal, LEAVES[1:2])) == [Breach(misfit=Misfit.ROOT_DIFFERS, seal=1)]
    assert list(check_root(seal, [])) == [Breach(misfit=Misfit.ROOT_DIFFERS, seal=1)]


SEALED = [Sealed((1, row_id), LEAVES[row_id], seal=1, not_before=NOON) for row_id in (1, 2, 4)]
ROWS = [Row((1, row_id), LEAVES[row_id], NOON) for row_id in (1, 2, 4)]


def found(rows: list[Row]) -> list[Breach]:
    return list(compare(RecordKind.READ, SEALED, rows))


def finding(misfit: Misfit, row_id: int, seal: int | None = 1) -> Breach:
    return Breach(misfit=misfit, seal=seal, kind=RecordKind.READ, row_id=row_id)


def test_rows_as_they_were_sealed_fit() -> None:
    assert found(ROWS) == []


def test_a_row_that_was_changed_deleted_or_inserted_is_named() -> None:
    changed = [ROWS[0], replace(ROWS[1], leaf=LEAVES[0]), ROWS[2]]

    assert found(changed) == [finding(Misfit.CHANGED, 2)]
    assert found(ROWS[1:]) == [finding(Misfit.DELETED, 1)]
    assert found([*ROWS[:2], Row((1, 3), LEAVES[3], NOON), ROWS[2]]) == [finding(Misfit.INSERTED, 3, seal=None)]
    assert found([]) == [finding(Misfit.DELETED, row_id) for row_id in (1, 2, 4)]


def test_a_row_from_before_its_batch_was_opened_was_put_there_but_for_the_difference_of_clocks() -> None:
    early = replace(ROWS[0], at_real=NOON - CLOCKS_DIFFER_BY)
    earlier = replace(early, at_real=early.at_real - timedelta(seconds=1))

    assert found([early, *ROWS[1:]]) == []
    assert found([earlier, *ROWS[1:]]) == [finding(Misfit.BACKDATED, 1)]
