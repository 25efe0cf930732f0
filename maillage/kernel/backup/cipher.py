"""Encrypted files: AES-256-GCM over blocks of a megabyte, so that a file of any size needs little memory.

A file = MAGIC, 16 bytes of salt, then the blocks. Each file has its own key (HKDF of the key file and the salt); the
nonce of a block is its rank and whether it is the last: a block changed, moved, dropped or a file cut short is refused.
"""

from __future__ import annotations

import base64
import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"MAILLAGE-1\n"
BLOCK = 1 << 20
_SALT, _TAG = 16, 16


class Unreadable(Exception):
    """The file was altered, cut short, or encrypted under another key."""


def draw_key(path: Path) -> None:
    """Write a new key to a file that only its owner reads. Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n")


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file. Raises Unreadable."""
    try:
        key = base64.urlsafe_b64decode(path.read_bytes().strip())
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} n’est pas une clé lisible") from error
    if len(key) != 32:
        raise Unreadable(f"{path} n’est pas une clé de 32 octets")
    return key


def encrypt(source: Iterator[bytes], target: BinaryIO, key: bytes) -> None:
    """Write the blocks of `source` (each of BLOCK bytes, but the last) encrypted."""
    salt = secrets.token_bytes(_SALT)
    cipher, rank = AESGCM(_key_of_file(key, salt)), 0
    target.write(MAGIC + salt)
    held = next(source, b"")
    for block in source:
        target.write(cipher.encrypt(_nonce(rank, is_last=False), held, None))
        held, rank = block, rank + 1
    target.write(cipher.encrypt(_nonce(rank, is_last=True), held, None))


def decrypt(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The blocks of an encrypted file, each one proved before it is given. Raises Unreadable."""
    if source.read(len(MAGIC)) != MAGIC:
        raise Unreadable("ce fichier n’est pas chiffré par Maillage")
    salt = source.read(_SALT)
    cipher, rank = AESGCM(_key_of_file(key, salt)), 0
    held = source.read(BLOCK + _TAG)
    while True:
        following = source.read(BLOCK + _TAG)
        try:
            yield cipher.decrypt(_nonce(rank, is_last=not following), held, None)
        except (InvalidTag, ValueError) as error:
            raise Unreadable("ce fichier a été abîmé, ou la clé n’est pas la bonne") from error
        if not following:
            return
        held, rank = following, rank + 1


def _key_of_file(key: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"maillage backup").derive(key)


def _nonce(rank: int, *, is_last: bool) -> bytes:
    return struct.pack(">3xQ?", rank, is_last)
