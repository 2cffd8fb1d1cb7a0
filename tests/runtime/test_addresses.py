"""Addresses are compared as what they mean, however they are written."""

import pytest

from runtime.addresses import address_of, canonical, is_own_machine, network_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:C000:0201", "192.0.2.1"),
        ("2001:0db8:0:0::1", "2001:db8::1"),
        ("[::1]", "::1"),
    ],
)
def test_the_same_address_in_two_forms(one: str, other: str) -> None:
    assert address_of(one) == address_of(other)
    assert canonical(one.strip("[]")) == other


@pytest.mark.parametrize(
    ("network", "inside", "outside"),
    [
        ("::ffff:192.0.2.0/120", "192.0.2.9", "192.0.3.1"),
        ("192.0.2.0/24", "::ffff:192.0.2.9", "::ffff:192.0.3.1"),
        ("2001:db8::/32", "2001:db8::1", "::ffff:192.0.2.9"),
    ],
)
def test_a_network_holds_its_addresses_in_either_form(network: str, inside: str, outside: str) -> None:
    assert address_of(inside) in network_of(network)
    assert address_of(outside) not in network_of(network)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.2", "::1", "[::1]", "0:0:0:0:0:0:0:1",
     "::ffff:127.0.0.1"],
)  # fmt: skip
def test_hosts_that_never_leave_this_machine(host: str) -> None:
    assert is_own_machine(host)


@pytest.mark.parametrize("host", [None, "", "hub.example", "localhost.example", "192.0.2.1", "::ffff:192.0.2.1", "::"])
def test_hosts_that_may_leave_it(host: str | None) -> None:
    assert not is_own_machine(host)
