"""From where somebody comes."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where somebody is to be counted.

    Returns: the address of the browser; of IPv6 the network of the connection (/64), empty where there is none.
    """
    address = exact_address_of(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address or request.META.get("REMOTE_ADDR", ""))


def exact_address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address of the browser, seen through as many proxies of ours as there are (``PROXIES``).

    Each of them writes the address it was asked from at the end of X-Forwarded-For; what stands further left anybody
    may have written. Returns: the address; None where there is none, as at a socket of this machine.
    """
    seen = request.headers.get("X-Forwarded-For", "").split(",") if settings.PROXIES else []
    found = seen[-min(settings.PROXIES, len(seen))].strip() if seen else ""
    try:
        address = ip_address(found or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
