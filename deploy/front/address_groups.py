"""A ceiling for each caller's address. Envoy counts connections by filter chain, so there are several that are alike:
an address always falls into the same one, by its hash, and cannot take what the others have."""

from deploy.front.envoy_types import Config, extension, typed
from deploy.front.limits import Limits


def ceilings(limits: Limits) -> list[Config]:
    """Close what a group opens beyond its share, before anything is spent on a handshake.

    The count of what is open comes first: it would count down what a filter before it turns away, and would come to
    close everything that the group ever opens again (envoyproxy/envoy#22390).
    """
    bucket = {
        "max_tokens": limits.burst_per_address,
        "tokens_per_fill": limits.new_per_address,
        "fill_interval": "1s",
    }
    return [
        extension(
            "envoy.filters.network.connection_limit",
            "extensions.filters.network.connection_limit.v3.ConnectionLimit",
            stat_prefix="too_many_open",
            max_connections=limits.connections_per_address,
        ),
        extension(
            "envoy.filters.network.local_ratelimit",
            "extensions.filters.network.local_ratelimit.v3.LocalRateLimit",
            stat_prefix="too_many_new",
            token_bucket=bucket,
        ),
    ]


def names(limits: Limits) -> list[str]:
    return [f"group-{number}" for number in range(limits.address_groups)]


def matcher(limits: Limits) -> Config:
    """Choose a group by the hash of the caller's address."""
    first, *others = names(limits)
    thresholds = [
        {"predicate": {"single_predicate": _at_least(number, limits)}, "on_match": _group(name)}
        for number, name in enumerate(others, start=1)
    ]
    return {"matcher_list": {"matchers": thresholds[::-1]}, "on_no_match": _group(first)}


def _at_least(number: int, limits: Limits) -> Config:
    return {
        "input": extension("source_ip", "extensions.matching.common_inputs.network.v3.SourceIPInput"),
        "custom_match": extension(
            "envoy.matching.matchers.consistent_hashing",
            "extensions.matching.input_matchers.consistent_hashing.v3.ConsistentHashing",
            threshold=number,
            modulo=limits.address_groups,
        ),
    }


def _group(name: str) -> Config:
    return {"action": {"name": "filter-chain-name", "typed_config": typed("google.protobuf.StringValue", value=name)}}
