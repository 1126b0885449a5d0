"""Why a request of another system was not done, as JSON with one clear sentence."""

from typing import Any

from django.http import JsonResponse


class Refused(Exception):
    """It was not done: status (RFC 9110), a word for programs, a sentence for people, seconds to wait; and by field
    what is wrong with it."""

    def __init__(
        self, status: int, code: str, message: object, wait: int = 0, fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.wait, self.fields = status, code, str(message), wait, fields

    def body(self) -> dict[str, Any]:
        """What is answered."""
        said: dict[str, Any] = {"code": self.code, "message": self.message}
        return {"error": said | ({"fields": self.fields} if self.fields else {})}

    def answer(self) -> JsonResponse:
        """The answer."""
        response = answer(self.body(), self.status)
        if self.wait:
            response["Retry-After"] = str(self.wait)
        if self.status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response


def answer(body: Any, status: int = 200) -> JsonResponse:
    """Something as JSON that nobody keeps."""
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False}, safe=False)
    response["Cache-Control"] = "no-store"
    return response
