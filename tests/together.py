"""What a browser sends back from a form that two people have open."""

import re
from html import unescape
from typing import Any


def shown_base(client: Any, address: str) -> str:
    """What the page of a form sends back when it is saved."""
    base: str = client.get(address).context["base"]
    return base


def again(page: Any, **take: str) -> dict[str, Any]:
    """The page of a clash sent with what was chosen: its hidden fields, as a browser sends them."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(unescape(value[1] if value else ""))
    return found | {f"take-{name}": value for name, value in take.items()}
