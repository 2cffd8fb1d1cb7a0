"""Compares the read model with what the 案件履歴 makes of it."""

from collections.abc import Iterable, Iterator

from models.cases.rebuild import deviations
from models.database import Database, DatabaseAway
from usecases.records.differences import Difference, Records


def differences_with_history(database: Database, *, case_numbers: Iterable[str]) -> Iterator[Difference]:
    """Find cases whose rows are not what their history rebuilds, one by one."""
    for case_number in case_numbers:
        try:
            with database.transaction() as session:
                columns = deviations(session, case_number=case_number)
        except DatabaseAway:
            raise
        except Exception as broken:  # whatever stands in one case: the others are compared all the same
            yield Difference(case_number, Records.HISTORY, f"案件履歴から組み立てられません（{type(broken).__name__}）")
            continue
        if columns:
            yield Difference(case_number, Records.HISTORY, f"異なる列 {', '.join(columns)}")
