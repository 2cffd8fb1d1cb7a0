"""The grid operators' words on applications (不備), kept beside the case because they may hold anything."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from models.cases.tables import GridFindingRow
from models.clock import business_now
from models.reads import ReadRecorder
from schemas.interfaces.common import GridFinding


def note_grid_findings(
    session: Session,
    *,
    application_number: str,
    cause: str,
    findings: Iterable[GridFinding],
    revision: int | None = None,
) -> None:
    """Keep what a grid operator found; the same cause again changes nothing."""
    session.execute(
        insert(GridFindingRow)
        .values(
            application_number=application_number,
            revision=revision,
            cause=cause,
            findings=[asdict(finding) for finding in findings],
            noted_at=business_now(session),
        )
        .on_conflict_do_nothing(index_elements=[GridFindingRow.application_number, GridFindingRow.cause])
    )


def grid_findings_of(session: Session, *, application_number: str) -> tuple[GridFinding, ...]:
    """Give what the grid operator found last."""
    findings = session.scalar(
        select(GridFindingRow.findings)
        .where(GridFindingRow.application_number == application_number)
        .order_by(GridFindingRow.id.desc())
        .limit(1)
    )
    return tuple(GridFinding(**finding) for finding in findings or ())


def grid_findings_of_many(
    session: Session, *, cases: Mapping[str, str], recorder: ReadRecorder
) -> dict[str, tuple[GridFinding, ...]]:
    """Give what the grid operator found last of each application that it found something of, and put it on record.

    They may be personal data.

    :param cases: the number of each one's case, by its own.
    """
    rows = session.execute(
        select(GridFindingRow.application_number, GridFindingRow.findings)
        .where(GridFindingRow.application_number.in_(list(cases)))
        .ext(distinct_on(GridFindingRow.application_number))
        .order_by(GridFindingRow.application_number, GridFindingRow.id.desc())
    )
    found = {number: tuple(GridFinding(**finding) for finding in findings) for number, findings in rows}
    recorder.record(session, sorted({cases[number] for number in found}))
    return found
