"""Names for patients that only the holder of the project's key can join to a person (nhs.md 5.5, reliability 2.9)."""

import base64
import hashlib
import hmac

LENGTH = 16
"""Characters of base32 after `P-`: the first 80 bits."""


def project_key(secret: bytes, project: str) -> bytes:
    """A key for one project (HKDF-SHA-256, RFC 5869, without salt): two projects cannot be joined to each other.

    `secret` never leaves the registry; the key is not written to any export.
    """
    extracted = hmac.digest(bytes(hashlib.sha256().digest_size), secret, "sha256")
    return hmac.digest(extracted, b"poems-registry export " + project.encode() + b"\x01", "sha256")


def pseudonym(key: bytes, patient_uid: str) -> str:
    """`P-` and 16 letters or figures; made from the record's own random uid, never from a number or a birth date."""
    if len(key) < 32 or not patient_uid:
        raise ValueError("a pseudonym needs a key of 32 bytes and a patient's uid")
    digest = hmac.digest(key, patient_uid.encode(), "sha256")
    return "P-" + base64.b32encode(digest[:10]).decode()
