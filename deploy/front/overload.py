"""What the front does when it has too much: it lets go of what costs most, says so, and gives back what it took."""

from deploy.front.envoy_types import Config, extension, typed
from deploy.front.limits import Limits

_HEAP = "envoy.resource_monitors.fixed_heap"
_CONNECTIONS = "envoy.resource_monitors.global_downstream_max_connections"


def overload_manager(limits: Limits) -> Config:
    return {
        "refresh_interval": "0.25s",
        "resource_monitors": [
            extension(
                _CONNECTIONS,
                "extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
                max_active_downstream_connections=limits.connections,
            ),
            extension(
                _HEAP, "extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig", max_heap_size_bytes=limits.heap
            ),
        ],
        "buffer_factory_config": {"minimum_account_to_track_power_of_two": 17},
        "actions": [
            _when("envoy.overload_actions.shrink_heap", threshold=0.8),
            _when("envoy.overload_actions.reduce_timeouts", between=(0.7, 0.9)) | {"typed_config": _SHORTER},
            _when("envoy.overload_actions.reset_high_memory_stream", between=(0.8, 0.95)),
            _when("envoy.overload_actions.stop_accepting_requests", threshold=0.95),
            _when("envoy.overload_actions.stop_accepting_connections", threshold=0.98),
        ],
    }


def memory(limits: Limits) -> Config:
    """Give back what a crowd took when it has gone: what is free beyond a limit at once, the rest bit by bit."""
    return {"soft_memory_limit_bytes": limits.kept_heap, "bytes_to_release": limits.released_a_second}


_SHORTER = typed(
    "config.overload.v3.ScaleTimersOverloadActionConfig",
    timer_scale_factors=[
        {"timer": "HTTP_DOWNSTREAM_CONNECTION_IDLE", "min_timeout": "2s"},
        {"timer": "HTTP_DOWNSTREAM_STREAM_IDLE", "min_timeout": "5s"},
        {"timer": "TRANSPORT_SOCKET_CONNECT", "min_timeout": "1s"},
    ],
)


def _when(action: str, *, threshold: float | None = None, between: tuple[float, float] | None = None) -> Config:
    if between is not None:
        scaled = {"scaling_threshold": between[0], "saturation_threshold": between[1]}
        return {"name": action, "triggers": [{"name": _HEAP, "scaled": scaled}]}
    return {"name": action, "triggers": [{"name": _HEAP, "threshold": {"value": threshold}}]}
