"""Writes PNG files chunk by chunk, so that a test decides about every byte."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, RGBA = 0, 2, 6  # kinds of pixel


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk: length, kind, data and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def head(width: int, height: int, pixels: int = RGB) -> bytes:
    """Return everything before the pixels, with eight bits per channel."""
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, pixels, 0, 0, 0))


def png_of(width: int, height: int, data: bytes, pixels: int = RGB) -> bytes:
    """Return a PNG whose compressed rows are ``data``."""
    return head(width, height, pixels) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
