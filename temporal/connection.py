"""How this project's processes reach Temporal: by its own variables and profiles, always with the same converter."""

import os
import sys
from collections.abc import Mapping
from datetime import timedelta

from temporalio.client import Client, Interceptor
from temporalio.envconfig import ClientConfig
from temporalio.runtime import Runtime
from temporalio.service import GrpcCompression

from runtime.addresses import is_own_machine
from runtime.terminal import let_go
from runtime.traces import end_traces, traces
from temporal.converter import DATA_CONVERTER

_CONNECT_WITHIN = timedelta(seconds=5)


async def connect(
    *, lazy: bool = False, environment: Mapping[str, str] | None = None, runtime: Runtime | None = None
) -> Client:
    """Give a client as ``TEMPORAL_ADDRESS``, ``TEMPORAL_PROFILE`` and the like say.

    A lazy one connects with its first call, and again after that failed.

    :param environment: where those are found, if not in this process's own.
    :param runtime: what Temporal's library runs in, if not in the one of this process.
    """
    named = ClientConfig.load_client_connect_config(override_env_vars=environment)
    named.setdefault("target_host", "localhost:7233")
    nearby = is_own_machine(named["target_host"].rpartition(":")[0])
    return await Client.connect(
        **named,
        data_converter=DATA_CONVERTER,
        connect_timeout=_CONNECT_WITHIN,
        grpc_compression=GrpcCompression.NONE if nearby else GrpcCompression.GZIP,
        interceptors=_interceptors(),
        lazy=lazy,
        runtime=runtime,
    )


def _interceptors() -> list[Interceptor]:
    process_traces = traces()
    if process_traces is None:
        return []
    from temporal.traces import ClientTraces

    return [ClientTraces(process_traces)]


def namespace(*, environment: Mapping[str, str] | None = None) -> str:
    """Name the Temporal namespace in which the cases run."""
    return ClientConfig.load_client_connect_config(override_env_vars=environment).get("namespace", "default")


def leave(status: int) -> None:
    """End a process that used Temporal, with ``status``.

    Temporal's library may abort a Python that ends by itself (sdk-python issue 300), and the status with it.
    """
    end_traces()
    let_go(sys.stdout)
    let_go(sys.stderr)
    os._exit(status)
