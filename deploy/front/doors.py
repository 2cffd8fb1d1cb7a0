"""Where callers come in: counted by their address here, and handed on to the one listener inside that ends TLS.

A chain that ends TLS and takes HTTP costs 130 to 210 KiB, one that counts and hands on 12: so there can be thousands.
"""

from deploy.front import address_groups
from deploy.front.envoy_types import Config, extension, seconds, socket_address
from deploy.front.limits import Limits
from deploy.front.places import Front

INSIDE = "inside"
"""The listener behind; it has no socket, and is reached from here alone."""
SWITCHES = {"envoy.reloadable_features.enable_send_rst_on_user_space_socket": False}
"""Has an end inside come out behind all that was said before it. Otherwise it is a reset, and what is still on its way
is lost: the answer to HTTP/1.0, the alert that says why a handshake failed (envoyproxy/envoy#45190)."""
_PASSING = 64 * 1024
"""Bytes that may lie between the two in each direction. What is large waits inside, where it is counted."""


def memory_sockets() -> Config:
    """Let one listener call another without a socket."""
    return extension(
        "envoy.bootstrap.internal_listener",
        "extensions.bootstrap.internal_listener.v3.InternalListener",
        buffer_size_kb=_PASSING // 1024,
    )


def doors(front: Front) -> Config:
    """Describe the addresses of both faces."""
    soap, screens = (socket_address(face.host, face.port) for face in (front.soap, front.screens))
    return {
        "name": "callers",
        "stat_prefix": "callers",
        "address": soap,
        "additional_addresses": [{"address": screens}],
        "per_connection_buffer_limit_bytes": _PASSING,
        "filter_chain_matcher": address_groups.matcher(front.limits),
        "filter_chains": address_groups.chains(front.limits, onwards=_inwards(front.limits)),
    }


def _inwards(limits: Limits) -> Config:
    return extension(
        "envoy.filters.network.tcp_proxy",
        "extensions.filters.network.tcp_proxy.v3.TcpProxy",
        stat_prefix=INSIDE,
        cluster=INSIDE,
        idle_timeout=seconds(limits.idle_connection),  # for who stays when the other side has hung up
    )


def way_in(limits: Limits) -> Config:
    """Lead from the doors to the listener inside, and tell it by the PROXY protocol who calls, and where."""
    bare = extension("envoy.transport_sockets.raw_buffer", "extensions.transport_sockets.raw_buffer.v3.RawBuffer")
    plenty = 2 * limits.connections
    address = {"envoy_internal_address": {"server_listener_name": INSIDE}}
    return {
        "name": INSIDE,
        "type": "STATIC",
        "connect_timeout": "1s",
        "per_connection_buffer_limit_bytes": _PASSING,
        "circuit_breakers": {
            "thresholds": [{"max_connections": plenty, "max_pending_requests": plenty}]  # counted before already
        },
        "transport_socket": extension(
            "envoy.transport_sockets.upstream_proxy_protocol",
            "extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport",
            config={"version": "V2"},
            transport_socket=bare,
        ),
        "load_assignment": {
            "cluster_name": INSIDE,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address}}]}],
        },
    }
