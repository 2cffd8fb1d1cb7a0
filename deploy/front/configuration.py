"""Envoy's configuration as a whole: a pure function of where everything is."""

from collections.abc import Mapping

from deploy.front.clusters import clusters
from deploy.front.doors import SWITCHES, memory_sockets
from deploy.front.envoy_types import Config
from deploy.front.listeners import listeners
from deploy.front.overload import memory, overload_manager
from deploy.front.places import Front
from deploy.front.tls import secrets

MAIN = "envoy.json"


def configuration(front: Front) -> Mapping[str, Config]:
    """Give the files of the front's folder by name: the configuration, and what it looks for beside it."""
    main: Config = {
        "node": {"id": "front", "cluster": "switching-hub"},
        "admin": {"address": {"pipe": {"path": str(front.admin_socket), "mode": 0o600}}},
        "application_log_config": {
            "log_format": {"json_format": {"time": "%Y-%m-%dT%T.%eZ", "process": "front", "level": "%l", "event": "%j"}}
        },
        "bootstrap_extensions": [memory_sockets()],
        "layered_runtime": {"layers": [{"name": "switches", "static_layer": SWITCHES}]},
        "overload_manager": overload_manager(front.limits),
        "memory_allocator_manager": memory(front.limits),
        "static_resources": {"listeners": listeners(front), "clusters": clusters(front)},
    }
    return {MAIN: main, **secrets(front)}
