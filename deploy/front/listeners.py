"""Where the front is called."""

from collections.abc import Mapping

from deploy.front import access_log, address_groups, tls
from deploy.front.envoy_types import Config, extension, seconds, socket_address
from deploy.front.http import connection_manager
from deploy.front.places import Face, Front
from deploy.front.refusals import namespace_of_route, page_refusals, soap_refusals
from soap_api.services import SERVICES, path_of

_SOAP_ADDRESSES = {path_of(service): namespace_of_route(service.namespace) for service in SERVICES}


def listeners(front: Front) -> list[Config]:
    return [
        _listener("soap", front.soap, front, addresses=_SOAP_ADDRESSES, refusals=soap_refusals(_SOAP_ADDRESSES)),
        _listener("screens", front.screens, front, addresses={}, refusals=page_refusals()),
        _figures(front),
    ]


def _listener(name: str, face: Face, front: Front, *, addresses: Mapping[str, Config], refusals: Config) -> Config:
    http = connection_manager(name, addresses=addresses, refusals=refusals, limits=front.limits)
    chain: Config = {
        "transport_socket_connect_timeout": seconds(front.limits.handshake),
        **({} if face.certificate is None else {"transport_socket": tls.transport_socket(name, front)}),
        "filters": [*address_groups.ceilings(front.limits), http],
    }
    return {
        "name": name,
        "address": socket_address(face.host, face.port),
        "per_connection_buffer_limit_bytes": front.limits.answer_size,
        "access_log": access_log.of_handshakes(name),
        "filter_chains": [{"name": group, **chain} for group in address_groups.names(front.limits)],
        "filter_chain_matcher": address_groups.matcher(front.limits),
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
