"""A ceiling for each caller's address. Envoy counts connections by filter chain, so there are thousands that are alike:
an address always falls into the same one, by its hash, and cannot take what the others have."""

from deploy.front.envoy_types import Config, extension, typed
from deploy.front.limits import Limits


def chains(limits: Limits, *, onwards: Config) -> list[Config]:
    """Give each group a chain with its own ceilings.

    :param onwards: the filter that takes who is let in further. Each chain has its own, so it has to be a small one.
    """
    filters = [*_ceilings(limits), onwards]
    return [{"name": _name(group), "filters": filters} for group in range(limits.address_groups)]


def matcher(limits: Limits) -> Config:
    """Choose a group by the hash of the caller's address."""
    return _among(range(limits.address_groups), limits)


def _ceilings(limits: Limits) -> list[Config]:
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


def _among(groups: range, limits: Limits) -> Config:
    """Halve until one is left: a dozen comparisons for each connection, where a list would take thousands."""
    middle = len(groups) // 2
    lower, upper = groups[:middle], groups[middle:]
    fits = {"predicate": {"single_predicate": _at_least(upper[0], limits)}, "on_match": _one_of(upper, limits)}
    return {"matcher_list": {"matchers": [fits]}, "on_no_match": _one_of(lower, limits)}


def _one_of(groups: range, limits: Limits) -> Config:
    return {"matcher": _among(groups, limits)} if len(groups) > 1 else _group(_name(groups[0]))


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


def _name(group: int) -> str:
    return f"group-{group}"
