"""HTTP to other houses only: an address inside the network is refused at the moment of connecting.

The name is looked up once, each address judged, and the connection made to the very address that was judged; so a name
that answers differently the second time (DNS rebinding) gains nothing. Redirects and proxies of the environment are
not followed.
"""

import socket
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError

NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: how a network that speaks IPv6 alone reaches IPv4, whose address stands in the last 32 bits."""


class Inside(Exception):
    """The name leads into the network of the house."""


def is_inside(address: str) -> bool:
    """Whether it is anything but a public address of one machine; one of IPv4 in one of IPv6 is looked at itself."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in NAT64:
            found = IPv4Address(int(found) & 0xFFFF_FFFF)
        elif meant := found.ipv4_mapped or found.sixtofour:
            return is_inside(str(meant))
    return not found.is_global or found.is_multicast or found.is_reserved


class Outward:
    """Mixed into a connection: it goes to judged addresses only."""

    def __init__(self, *arguments: Any, allowed: frozenset[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.allowed = allowed

    def _new_conn(self: Any) -> socket.socket:
        """Connect. Raises: Inside; what urllib3 raises."""
        name = self._dns_host  # what the certificate is held against as well: it has to stay
        try:
            found = socket.getaddrinfo(name.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as wrong:
            raise NameResolutionError(name, self, wrong) from wrong
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if self.host.lower() not in self.allowed and any(map(is_inside, addresses)):
            raise Inside(f"{name}: {', '.join(addresses)}")
        try:
            return self.first_of(addresses)
        finally:
            self._dns_host = name

    def first_of(self: Any, addresses: list[str]) -> socket.socket:
        """The first address that answers. Raises: what urllib3 raises of the last."""
        *others, last = addresses
        for self._dns_host in others:
            with suppress(HTTPError):
                return super()._new_conn()  # type: ignore[misc]
        self._dns_host = last
        return super()._new_conn()  # type: ignore[misc]


class Plain(Outward, HTTPConnection):
    """HTTP."""


class Closed(Outward, HTTPSConnection):
    """HTTPS; the certificate is held against the name, not the address."""


class PlainPool(HTTPConnectionPool):
    ConnectionCls = Plain


class ClosedPool(HTTPSConnectionPool):
    ConnectionCls = Closed


class OutwardAdapter(HTTPAdapter):
    """Makes such connections."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more)
        made: dict[str, Any] = {
            "http": partial(PlainPool, allowed=self.allowed),
            "https": partial(ClosedPool, allowed=self.allowed),
        }
        self.poolmanager.pool_classes_by_scheme = made


def session(allowed: Iterable[str]) -> requests.Session:
    """Requests that go outward only. Arguments: names that may lead inside all the same."""
    made = requests.Session()
    made.trust_env = False
    adapter = OutwardAdapter(frozenset(each.lower() for each in allowed))
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made
