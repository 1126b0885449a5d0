"""An OpenID Connect provider on loopback, as an office has one: ``python -m tests.oidc_provider``.

It speaks the code flow (https://openid.net/specs/openid-connect-core-1_0.html) over HTTP, asks for the client's secret
and for PKCE, gives each code once, and signs with RS256; it shares no code with what is tested. It prints its address,
then serves until it is killed. Who signs in there a test adds to the address it is sent to (``as=``), and, where the
provider is not to be believed, what is wrong with its answer (``fault=``).
"""

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT, SECRET = "quality-month", "a secret of both"
KEY, FOREIGN_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
SOMEBODY = "number-1"
"""Who signs in there where a browser goes and no test says who."""
CODES: dict[str, dict[str, str]] = {}
"""What each code was given for."""


def coded(data: bytes | dict[str, Any]) -> str:
    """Base64url without padding, as tokens have it."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int) -> str:
    """A number of a key."""
    return coded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def token(claims: dict[str, Any], fault: str) -> str:
    """A signed token; with a fault: by a key that is not ours, or not signed at all."""
    algorithm = "none" if fault == "unsigned" else "RS256"
    said = f"{coded({'alg': algorithm, 'kid': '1', 'typ': 'JWT'})}.{coded(claims)}"
    if fault == "unsigned":
        return f"{said}."
    key = FOREIGN_KEY if fault == "signature" else KEY
    return f"{said}.{coded(key.sign(said.encode(), padding.PKCS1v15(), SHA256()))}"


class Provider(BaseHTTPRequestHandler):
    """Its four addresses."""

    @property
    def issuer(self) -> str:
        """How it names itself."""
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        """What it says of itself, its key, and the page at which somebody signs in."""
        address = urlsplit(self.path)
        if address.path == "/.well-known/openid-configuration":
            self.answer(self.about())
        elif address.path == "/keys":
            public = KEY.public_key().public_numbers()
            key = {"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256"}
            self.answer({"keys": [key | {"n": number(public.n), "e": number(public.e)}]})
        elif address.path == "/authorize":
            self.signs_in(dict(parse_qsl(address.query)))
        else:
            self.answer({"error": "not_found"}, 404)

    def about(self) -> dict[str, Any]:
        """Its metadata."""
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {
            "issuer": self.issuer,
            **{name: f"{self.issuer}/{path}" for name, path in names.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def signs_in(self, asked: dict[str, str]) -> None:
        """Somebody signs in at once and is sent back with a code; or does not want to."""
        back, state = asked["redirect_uri"], {"state": asked["state"]}
        if asked["client_id"] != CLIENT or asked["code_challenge_method"] != "S256":
            return self.answer({"error": "invalid_request"}, 400)
        if asked.get("fault") == "cancelled":
            return self.sends(f"{back}?{urlencode({'error': 'access_denied', **state})}")
        code = secrets.token_urlsafe(16)
        CODES[code] = asked
        return self.sends(f"{back}?{urlencode({'code': code, **state})}")

    def do_POST(self) -> None:
        """A token for a code, once, for who knows the secret and began it."""
        body = {name: values[0] for name, values in parse_qs(self.rfile.read(self.length).decode()).items()}
        given = CODES.pop(body.get("code", ""), None)
        if given is None or not self.is_our_client(body) or body.get("redirect_uri") != given["redirect_uri"]:
            return self.answer({"error": "invalid_grant"}, 400)
        challenge = coded(hashlib.sha256(body.get("code_verifier", "").encode()).digest())
        if challenge != given["code_challenge"]:
            return self.answer({"error": "invalid_grant", "error_description": "PKCE"}, 400)
        fault, found = given.get("fault", ""), {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
        if fault != "no_token":
            found["id_token"] = token(self.claims(given, fault), fault)
        return self.answer(found)

    def claims(self, given: dict[str, str], fault: str) -> dict[str, Any]:
        """What the token says."""
        now = int(time.time())
        return {
            "iss": "https://elsewhere.example.com" if fault == "issuer" else self.issuer,
            "aud": "another-site" if fault == "audience" else CLIENT,
            "sub": "" if fault == "nobody" else given.get("as", SOMEBODY),
            "nonce": "of another sign-in" if fault == "nonce" else given["nonce"],
            "iat": now,
            "exp": now - 3600 if fault == "expired" else now + 300,
            "name": "staff",
            "preferred_username": "staff",
            "email": "staff@example.com",
            "email_verified": True,
        }

    @property
    def length(self) -> int:
        """Of what was posted."""
        return int(self.headers.get("Content-Length", 0))

    def is_our_client(self, body: dict[str, str]) -> bool:
        """Whether the client says its secret, in the head or in the body."""
        kind, _sep, value = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return (body.get("client_id"), body.get("client_secret")) == (CLIENT, SECRET)
        client, _sep, secret = base64.b64decode(value).decode().partition(":")
        return (unquote(client), unquote(secret)) == (CLIENT, SECRET)

    def answer(self, found: dict[str, Any], status: int = 200) -> None:
        """JSON."""
        body = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def sends(self, address: str) -> None:
        """The browser goes on."""
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
