"""Where the front is called."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from deploy.front import access_log, tls
from deploy.front.doors import INSIDE, doors
from deploy.front.envoy_types import Config, extension, seconds, socket_address
from deploy.front.http import connection_manager
from deploy.front.places import Face, Front
from deploy.front.refusals import namespace_of_route, page_refusals, soap_refusals
from runtime.addresses import Network, as_seen
from soap_api.services import SERVICES, path_of

UPLOADS = "/bulk/upload/"
"""How the addresses begin to which people at the screens send whole files."""
_SOAP_ADDRESSES = {path_of(service): namespace_of_route(service.namespace) for service in SERVICES}


def listeners(front: Front) -> list[Config]:
    return [doors(front), _inside(front), _figures(front)]


def _inside(front: Front) -> Config:
    """Take both faces' callers from the doors, which say by the PROXY protocol who each is and what face it called."""
    told = extension(
        "envoy.filters.listener.proxy_protocol", "extensions.filters.listener.proxy_protocol.v3.ProxyProtocol"
    )
    return {
        "name": INSIDE,
        "internal_listener": {},
        "ignore_global_conn_limit": True,  # they are counted at the doors
        "per_connection_buffer_limit_bytes": front.limits.answer_size,
        "listener_filters": [told],
        "access_log": access_log.of_handshakes(),
        "filter_chains": [
            *_face("soap", front.soap, front, addresses=_SOAP_ADDRESSES, refusals=soap_refusals(_SOAP_ADDRESSES)),
            *_face("screens", front.screens, front, addresses={}, refusals=page_refusals(), uploads=UPLOADS),
        ],
    }


def _face(
    name: str,
    face: Face,
    front: Front,
    *,
    addresses: Mapping[str, Config],
    refusals: Config,
    uploads: str | None = None,
) -> list[Config]:
    """Take a face's callers, and apart from them what comes from proxies, who alone say for whom they speak."""

    def chain(*, proxied: bool) -> Config:
        return {
            "name": f"{name}-by-proxy" if proxied else name,
            "filter_chain_match": _called(face, front) | (_from(front.proxies) if proxied else {}),
            "transport_socket_connect_timeout": seconds(front.limits.handshake),
            **({} if face.certificate is None else {"transport_socket": tls.transport_socket(name, front)}),
            "filters": [
                connection_manager(
                    name, addresses=addresses, refusals=refusals, limits=front.limits, uploads=uploads, proxied=proxied
                )
            ],
        }

    return [chain(proxied=False), *([chain(proxied=True)] if front.proxies else [])]


def _from(networks: Iterable[Network]) -> Config:
    """Know callers of some networks; those that come by IPv4 also as a front sees them that listens on IPv6."""
    seen = [form for network in networks for form in as_seen(network)]
    return {
        "source_prefix_ranges": [
            {"address_prefix": str(network.network_address), "prefix_len": network.prefixlen} for network in seen
        ]
    }


def _called(face: Face, front: Front) -> Config:
    """Know a face by the port that was called, or by its address where both faces have that port."""
    if front.soap.port != front.screens.port:
        return {"destination_port": face.port}
    address = ip_address(face.host)
    return {
        "destination_port": face.port,
        "prefix_ranges": [{"address_prefix": str(address), "prefix_len": address.max_prefixlen}],
    }


def _figures(front: Front) -> Config:
    """Show the figures, and no more of what Envoy's own page can do."""
    shown = {"/metrics": "/stats/prometheus", "/healthz": "/ready"}
    routes = [
        {"match": {"path": path}, "route": {"cluster": "admin", "prefix_rewrite": page}} for path, page in shown.items()
    ]
    http = extension(
        "envoy.filters.network.http_connection_manager",
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix="figures",
        codec_type="HTTP1",
        route_config={"virtual_hosts": [{"name": "figures", "domains": ["*"], "routes": routes}]},
        http_filters=[extension("envoy.filters.http.router", "extensions.filters.http.router.v3.Router")],
    )
    return {
        "name": "figures",
        "address": socket_address(front.figures_host, front.figures_port),
        "ignore_global_conn_limit": True,
        "filter_chains": [{"filters": [http]}],
    }
