"""The place for a signing service (GB/T 38540): this house signs nothing, and says of each file that it is unsigned.

A service that seals electronic documents stands beside this program, mostly with a device of its own. What it is asked
is small: a digest of each part, its seal, and the signature of one text. Where the signature stands in the package
(GB/T 33190, 18) is known here.
"""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import datetime
from typing import Protocol

from . import markup
from .package import Package

UNSIGNED, SIGNED = "未签章", "已签章"
STATE = "签章状态"
"""The property of the document that says whether it is signed."""
_FOLDER = "Doc_0/Signs/Sign_0"
Box = tuple[float, float, float, float]


class SigningService(Protocol):
    """What a signing service answers. Names and numbers of methods are those of its certificates."""

    name: str
    company: str
    version: str
    digest_method: str
    """The object identifier of the digest: 1.2.156.10197.1.401 for SM3."""
    signature_method: str
    """The object identifier of the signature: 1.2.156.10197.1.501 for SM2."""

    def digest(self, data: bytes) -> bytes:
        """Return the digest of one part of the package."""

    def seal(self) -> bytes:
        """Return the electronic seal (GB/T 38540, 6)."""

    def sign(self, signature: bytes) -> bytes:
        """Return the signature of the text that names all parts and their digests (GB/T 38540, 7)."""


def sign(ofd: bytes, service: SigningService, *, page: int, place: Box, moment: datetime) -> bytes:
    """Let a service sign an OFD of ours; returns the signed file.

    page: the ID of the page that shows the seal; place: left, top, width, height there, in mm; moment: of signing.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ofd)) as found:
        parts = {name: found.read(name) for name in found.namelist()}
    parts["OFD.xml"] = _entry(parts["OFD.xml"])
    signature = _signature(parts, service, page, place, moment)
    package = Package(out)
    for name, data in parts.items():
        package.put(name, data)
    entry = markup.element("Signature", ID=1, Type="Seal", BaseLoc="Sign_0/Signature.xml")
    package.put("Doc_0/Signs/Signatures.xml", markup.root("Signatures", markup.element("MaxSignId", "1") + entry))
    package.put(f"{_FOLDER}/Signature.xml", signature)
    package.put(f"{_FOLDER}/Seal.esl", service.seal())
    package.put(f"{_FOLDER}/SignedValue.dat", service.sign(signature))
    package.close()
    return out.getvalue()


def _entry(part: bytes) -> bytes:
    """The first part names the signatures, and no longer says that there are none."""
    signatures = markup.element("Signatures", "Doc_0/Signs/Signatures.xml")
    text = part.decode().replace(UNSIGNED, SIGNED)
    return text.replace("</ofd:DocRoot>", f"</ofd:DocRoot>{signatures}").encode()


def _signature(parts: dict[str, bytes], service: SigningService, page: int, place: Box, moment: datetime) -> bytes:
    references = "".join(
        markup.element(
            "Reference",
            markup.element("CheckValue", base64.b64encode(service.digest(data)).decode()),
            FileRef=f"/{name}",
        )
        for name, data in parts.items()
    )
    info = (
        markup.element("Provider", ProviderName=service.name, Company=service.company, Version=service.version)
        + markup.element("SignatureMethod", service.signature_method)
        + markup.element("SignatureDateTime", moment.isoformat(timespec="seconds"))
        + markup.element("References", references, CheckMethod=service.digest_method)
        + markup.element("StampAnnot", ID=1, PageRef=page, Boundary=markup.box(*place))
        + markup.element("Seal", markup.element("BaseLoc", f"/{_FOLDER}/Seal.esl"))
    )
    value = markup.element("SignedValue", f"/{_FOLDER}/SignedValue.dat")
    return markup.root("Signature", markup.element("SignedInfo", info) + value)
