"""How the front speaks HTTP with callers and with the processes behind it."""

from collections.abc import Mapping

from deploy.front import access_log
from deploy.front.envoy_types import Config, extension, header, seconds, typed
from deploy.front.limits import Limits
from runtime.front_headers import ALIVE, CALLER_ADDRESS, CERTIFICATE_OF_PROXY

_NEVER_FROM_OUTSIDE = ("x-forwarded-for", "x-forwarded-host", "forwarded", "client-cert-chain")
"""What others' proxies say; nobody behind the front reads it, and nobody shall be tempted to."""
_FOR_THE_FRONT = "x-envoy-"
"""What begins so tells Envoy how long to wait and how often to repeat a request. Envoy does not drop all of it
here, so a caller could have one message done over and over."""
_DONE_HERE = ("expect",)
"""What the front has answered itself."""
_SIZE = "envoy.filters.http.body_size_limit"
_BUFFER = "envoy.filters.http.buffer"
_BUFFER_TYPES = "extensions.filters.http.buffer.v3"


def connection_manager(
    face: str,
    *,
    addresses: Mapping[str, Config],
    refusals: Config,
    limits: Limits,
    uploads: str | None = None,
    proxied: bool = False,
) -> Config:
    """Take whole, bounded HTTP/1 requests, and hand them to the processes of a face.

    :param addresses: what is noted beside the routes of single paths.
    :param uploads: how the paths begin that take whole files, of the size that is theirs.
    :param proxied: callers come by a proxy, which says what certificate each showed, and last of all its address. What
        certificate it shows itself is nobody's.
    """
    return extension(
        "envoy.filters.network.http_connection_manager",
        "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix=face,
        codec_type="HTTP1",
        http_protocol_options={"accept_http_10": True, "default_host_for_http_10": "localhost"},
        common_http_protocol_options={
            "idle_timeout": seconds(limits.idle_connection),
            "max_stream_duration": seconds(limits.whole),
            "max_headers_count": limits.header_count,
            "headers_with_underscores_action": "DROP_HEADER",
        },
        max_request_headers_kb=limits.header_kilobytes,
        request_headers_timeout=seconds(limits.headers),
        request_timeout=seconds(limits.request),
        stream_idle_timeout=seconds(limits.idle_stream),
        server_name="switching-hub",
        generate_request_id=False,
        normalize_path=True,
        path_with_escaped_slashes_action="UNESCAPE_AND_FORWARD",
        use_remote_address=True,
        **({"xff_num_trusted_hops": 1} if proxied else {}),
        skip_xff_append=True,
        internal_address_config={},
        **_certificates(proxied=proxied),
        local_reply_config=refusals,
        access_log=access_log.of_requests(face),
        route_config=_routes(face, addresses, limits, uploads, proxied=proxied),
        early_header_mutation_extensions=[_deaf_to_callers()],
        http_filters=[
            extension(
                _SIZE,  # refuses by the announced length, before a byte of the body
                "extensions.filters.http.body_size_limit.v3.BodySizeLimit",
                max_request_bytes=limits.body,
            ),
            extension(
                _BUFFER,
                f"{_BUFFER_TYPES}.Buffer",
                max_request_bytes=limits.body,
            ),
            extension(
                "envoy.filters.http.router", "extensions.filters.http.router.v3.Router", suppress_envoy_headers=True
            ),
        ],
    )


def _certificates(*, proxied: bool) -> Config:
    """Say which certificate a caller showed, unless a proxy does; what callers say of it themselves is dropped."""
    if proxied:
        return {"forward_client_cert_details": "SANITIZE"}
    return {"forward_client_cert_details": "SANITIZE_SET", "set_current_client_cert_details": {"cert": True}}


def _deaf_to_callers() -> Config:
    """Drop what a caller tells the front to do, before a route is looked for: later, its time limits have been read."""
    return extension(
        "envoy.http.early_header_mutation.header_mutation",
        "extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation",
        mutations=[{"remove_on_match": {"key_matcher": {"prefix": _FOR_THE_FRONT}}}],
    )


def _routes(
    face: str, addresses: Mapping[str, Config], limits: Limits, uploads: str | None, *, proxied: bool
) -> Config:
    dropped = [*_NEVER_FROM_OUTSIDE, *([] if proxied else [CERTIFICATE_OF_PROXY]), *_DONE_HERE]
    again = {"retry_on": "connect-failure", "num_retries": 3, "retry_host_predicate": [_ANOTHER_PROCESS]}
    onwards: Config = {
        "route": {"cluster": face, "timeout": seconds(limits.answer), "retry_policy": again},
    }
    routes: list[Config] = [
        {"match": {"path": ALIVE}, "direct_response": {"status": 404}},
        {
            "match": {"connect_matcher": {}},
            "direct_response": {"status": 400},
            "typed_per_filter_config": {_BUFFER: typed(f"{_BUFFER_TYPES}.BufferPerRoute", disabled=True)},
        },  # such a request has no end to wait for
        *({"match": {"path": path}, **onwards, "metadata": note} for path, note in addresses.items()),
        *([] if uploads is None else [{"match": {"prefix": uploads}, **onwards, **_whole_files(limits)}]),
        {"match": {"prefix": "/"}, **onwards},
    ]
    return {
        "name": face,
        "request_headers_to_add": [header(CALLER_ADDRESS, "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%")],
        "request_headers_to_remove": dropped,
        "virtual_hosts": [{"name": face, "domains": ["*"], "routes": routes}],
    }


def _whole_files(limits: Limits) -> Config:
    """Take larger requests: the one filter is not asked, the other gathers as much as a file may be."""
    gathered = {"max_request_bytes": limits.upload}
    return {
        "typed_per_filter_config": {
            _SIZE: typed("config.route.v3.FilterConfig", disabled=True),
            _BUFFER: typed(f"{_BUFFER_TYPES}.BufferPerRoute", buffer=gathered),
        }
    }


_ANOTHER_PROCESS = extension(
    "envoy.retry_host_predicates.previous_hosts",
    "extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate",
)
