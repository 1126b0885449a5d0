"""No page of ours uses a device: the browser is told so, and then no script that slipped in can ask for one either."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOT_USED = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
    "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""Words of https://www.w3.org/TR/permissions-policy/; security keys (publickey-credentials-get) stay allowed."""
POLICY = ", ".join(f"{name}=()" for name in NOT_USED)


class NoDevices:
    """Middleware: every answer gives up all of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with the header."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response
