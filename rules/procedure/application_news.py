"""What news says of the application it is about. Repeats, and what is told of an earlier content, say nothing."""

from dataclasses import replace

from rules.procedure.application import Application, AtGrid
from rules.procedure.calls import CallKind, answers_call
from rules.procedure.events import GridNews
from schemas.codes import ApplicationState


def is_of_present_content(application: Application, news: GridNews) -> bool:
    """Tell whether news is about the content as it stands.

    A status may be older than a correction. While one is on its way its own answer tells; then, the time.
    """
    filings = (CallKind.REGISTER, CallKind.AMEND)
    if application.revision < 2 or application.filed_at is None or answers_call(news, application, *filings):
        return True
    if application.state in (ApplicationState.SENDING, ApplicationState.CANCELLING):
        return False
    return news.occurred_at is None or news.occurred_at >= application.filed_at


def thought_again(application: Application, news: GridNews) -> bool:
    """Tell whether the grid operator dropped a 不備; no status from before says so."""
    if application.state is not ApplicationState.DEFECTIVE or news.occurred_at is None:
        return False
    return application.defective_since is None or news.occurred_at > application.defective_since


def earlier_content_may_stand(application: Application, news: GridNews) -> bool:
    """Tell whether the grid operator may hold an earlier content still.

    A correction refused by its own answer says nothing of the content that the grid operator had received before.
    """
    return application.at_grid is AtGrid.YES and answers_call(news, application, CallKind.AMEND)


def held_by_grid(application: Application) -> Application:
    """Mark an application that the grid operator holds; what it found before is dropped."""
    return replace(application, at_grid=AtGrid.YES, known_to_grid=True, defects=(), defective_since=None)


def found_defective(application: Application, news: GridNews) -> Application:
    """Mark an application that the grid operator found defective (不備)."""
    return replace(
        application,
        state=ApplicationState.DEFECTIVE,
        at_grid=AtGrid.YES if earlier_content_may_stand(application, news) else AtGrid.NO,
        known_to_grid=True,
        defects=news.defects,
        defective_since=news.occurred_at,
    )


def found_otherwise(application: Application, news: GridNews) -> bool:
    """Tell whether the grid operator finds other rules broken than it did before, in the same content."""
    if application.state is not ApplicationState.DEFECTIVE or news.defects in ((), application.defects):
        return False
    since, occurred = application.defective_since, news.occurred_at
    return occurred is not None and (since is None or occurred > since)


def defects_again(application: Application, news: GridNews) -> Application:
    """Put what the grid operator finds now in the place of what it found before; its deadline stays."""
    return replace(application, defects=news.defects, defective_since=news.occurred_at)
