"""Write a printed document as OFD (GB/T 33190-2016): the pages of its PDF, with text as text."""

from .signing import SigningService, sign
from .write_ofd import Properties, from_pdf, properties_of, write

__all__ = ["Properties", "SigningService", "from_pdf", "properties_of", "sign", "write"]
