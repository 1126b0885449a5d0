"""A security key made of software: what a browser sends for one (W3C WebAuthn, level 2, without attestation)."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

TOUCHED = 0x01
NEW_KEY = 0x40


class SoftKey:
    """One key, touched at once by whoever asks."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.number = secrets.token_bytes(16)

    def added(self, asked: dict[str, Any], *, site: str = "https://testserver") -> str:
        """The answer to what a site asks a new key, in JSON. ``site``: where the browser takes itself to be."""
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        new = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + public
        object_ = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self.data(asked["rp"]["id"], NEW_KEY) + new})
        client = self.client("webauthn.create", asked, site)
        return self.said({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(object_)})

    def shown(self, asked: dict[str, Any], *, site: str = "https://testserver") -> str:
        """The answer to what a site asks a key it knows, in JSON."""
        client, data = self.client("webauthn.get", asked, site), self.data(asked["rpId"])
        signed = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        return self.said({name: websafe_encode(value) for name, value in parts.items()})

    def data(self, site: str, flags: int = 0) -> bytes:
        """What the key says of itself: for which site, touched, a counter."""
        return sha256(site.encode()).digest() + bytes([TOUCHED | flags]) + bytes(4)

    def client(self, kind: str, asked: dict[str, Any], site: str) -> bytes:
        """What the browser adds, and the key signs with it."""
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": site}).encode()

    def said(self, response: dict[str, str]) -> str:
        """The whole answer."""
        number = websafe_encode(self.number)
        whole = {"id": number, "rawId": number, "type": "public-key", "response": response}
        return json.dumps({**whole, "clientExtensionResults": {}})
