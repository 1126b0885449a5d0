"""From where somebody comes."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the browser, seen through as many proxies of ours as there are (``PROXIES``).

    Each of them writes the address it was asked from at the end of X-Forwarded-For; what stands further left anybody
    may have written. Returns: an address; of IPv6 the network of the connection (/64), empty where there is none.
    """
    seen = request.headers.get("X-Forwarded-For", "").split(",") if settings.PROXIES else []
    found = seen[-min(settings.PROXIES, len(seen))].strip() if seen else ""
    try:
        address = ip_address(found or request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a socket of this machine has none
        return request.META.get("REMOTE_ADDR", "")
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)
