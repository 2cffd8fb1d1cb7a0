"""Which cases' workflows run, as Temporal's visibility knows them: a little late at times."""

from dataclasses import dataclass

from temporalio.client import Client

from temporal import names

RUNNING = f"WorkflowType = '{names.SWITCHING_CASE}' AND ExecutionStatus = 'Running'"
_PAGE = 1000


@dataclass(frozen=True)
class Running:
    """A workflow that runs."""

    run_id: str
    phase: str | None


async def list_running(client: Client) -> dict[str, Running]:
    """List the cases' workflows that run, by number."""
    return {
        workflow.id: Running(workflow.run_id, workflow.typed_search_attributes.get(names.CASE_PHASE))
        async for workflow in client.list_workflows(RUNNING, page_size=_PAGE)
    }
