"""The link of a message. It is made from the message itself, so that a copy sent again carries the same one."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from enthesis.clinic.links import SIGNER, digest


def token_of(message: UUID) -> str:
    """Unguessable without the server's key; only its digest is kept."""
    key = hashlib.sha256(b"enthesis.message|" + settings.SECRET_KEY.encode()).digest()
    made = hmac.new(key, message.bytes, hashlib.sha256).digest()
    return str(SIGNER.sign(base64.urlsafe_b64encode(made).decode().rstrip("=")))


def digest_of(message: UUID) -> str:
    """What is kept of it."""
    return digest(token_of(message))
