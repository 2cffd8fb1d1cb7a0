"""The processes behind the front, and how it finds those that answer."""

from deploy.front.doors import way_in
from deploy.front.envoy_types import Config, seconds, socket_address, typed
from deploy.front.limits import Limits
from deploy.front.places import Face, Front
from runtime.front_headers import ALIVE

_KEPT = 1.0
"""Seconds that an idle connection to a process is kept. The front lets go of it, never the process, which waits longer
when it gives way to another: so no request is written to a connection that is just being closed."""
_PROTOCOL = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"


def clusters(front: Front) -> list[Config]:
    return [
        way_in(front.limits),
        _face("soap", front.soap, front.limits),
        _face("screens", front.screens, front.limits),
        {"name": "admin", "type": "STATIC", "load_assignment": _endpoints("admin", (f"unix:{front.admin_socket}",))},
    ]


def _face(name: str, face: Face, limits: Limits) -> Config:
    """Give each process what it can do at once; what is more waits here, and not where nobody sees it."""
    return {
        "name": name,
        "type": "STATIC",
        "connect_timeout": "1s",
        "lb_policy": "LEAST_REQUEST",
        "load_assignment": _endpoints(name, face.processes),
        "circuit_breakers": {
            "thresholds": [
                {
                    "max_connections": face.at_once,
                    "max_pending_requests": limits.waiting,
                    "max_requests": face.at_once + limits.waiting,
                    "max_retries": limits.waiting,
                    "track_remaining": True,
                }
            ],
            "per_host_thresholds": [{"max_connections": face.at_once // len(face.processes)}],
        },
        "typed_extension_protocol_options": {
            _PROTOCOL: typed(
                "extensions.upstreams.http.v3.HttpProtocolOptions",
                common_http_protocol_options={"idle_timeout": seconds(_KEPT)},
                explicit_http_config={"http_protocol_options": {}},
            )
        },
        "health_checks": [
            {
                "timeout": seconds(3),
                "interval": seconds(2),
                "no_traffic_interval": seconds(2),
                "unhealthy_threshold": 3,
                "healthy_threshold": 1,
                "unhealthy_interval": seconds(1),
                "reuse_connection": False,
                "http_health_check": {"path": ALIVE},
            }
        ],
    }


def _endpoints(name: str, processes: tuple[str, ...]) -> Config:
    return {
        "cluster_name": name,
        "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(each)}} for each in processes]}],
    }


def _address(listening: str) -> Config:
    if listening.startswith("unix:"):
        return {"pipe": {"path": listening.removeprefix("unix:")}}
    host, _, port = listening.rpartition(":")
    return socket_address(host, int(port))
