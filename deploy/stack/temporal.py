"""The bundled Temporal server with its Web UI, and what any Temporal server must know of the hub's cases."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.stack.ports import HOST, Ports
from temporal.gateway import TemporalAway
from temporal.names import SEARCH_ATTRIBUTES
from temporal.questions import ask_temporal, last_poll
from temporal.search_attributes import ensure_search_attributes

_WITHIN = 5.0
"""Seconds the server is given to answer."""
_ONE_PARTITION = tuple(f"matching.numTaskqueue{queue}Partitions=1" for queue in ("Read", "Write"))
_LOST_TASKS = 'history.workflowTaskRetryMaxInterval="10s"'
"""A case whose worker died over its task again and again is taken up soon after the last time. Otherwise its pause
doubles from the fourth time on, up to ten minutes."""
_SILENCE = timedelta(minutes=2)
"""Workers ask at least once a minute; one that has not for longer does not work, though its process may live."""


def command(*, folder: Path, ports: Ports) -> tuple[str, ...]:
    """Give the command line of a server that keeps its store in ``folder``."""
    options = [
        *("--ip", HOST, "--port", str(ports.temporal), "--ui-port", str(ports.temporal_ui)),
        *("--db-filename", str(folder / "temporal.db"), "--log-level", "warn", "--ui-disable-news-fetch"),
        *("--disable-config-file", "--disable-config-env"),
    ]
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        options += ["--sqlite-pragma", pragma]
    for name, kind in SEARCH_ATTRIBUTES.items():
        options += ["--search-attribute", f"{name}={kind}"]
    for setting in (*_ONE_PARTITION, _LOST_TASKS):
        options += ["--dynamic-config-value", setting]
    return (str(Path(sys.executable).with_name("temporal")), "server", "start-dev", *options)


def settings(ports: Ports) -> dict[str, str]:
    """Give the environment that leads a client to the bundled server and to no other."""
    return {
        "TEMPORAL_ADDRESS": f"{HOST}:{ports.temporal}",
        "TEMPORAL_NAMESPACE": "default",
        "TEMPORAL_CONFIG_FILE": os.devnull,
    }


def is_ready(environment: Mapping[str, str]) -> bool:
    """Tell whether the server takes calls and knows the hub's search attributes.

    Those it does not know it is told: its own option for them is ignored once its store exists.
    """
    try:
        return ask_temporal(ensure_search_attributes, within=_WITHIN, environment=environment)
    except TemporalAway:
        return False


def has_worker(environment: Mapping[str, str], *, since: datetime) -> bool:
    """Tell whether a worker asks for the cases' tasks: since then (real time), and lately."""
    try:
        poll = ask_temporal(last_poll, within=_WITHIN, environment=environment)
    except TemporalAway:
        return False
    return poll is not None and poll >= max(since, datetime.now(UTC) - _SILENCE)
