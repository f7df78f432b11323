"""UUIDs of version 7, which sort by the time they were made."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

__all__ = ["make_uuid7"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def make_uuid7(at: datetime, rng: Random) -> str:
    """Make a UUIDv7 whose order is that of its time, to the microsecond.

    The 12 bits after the milliseconds carry the microseconds (RFC 9562, section 6.2, method 3),
    so ids made for rising times rise, with no state to keep between calls. The other 62 bits are
    drawn from `rng`.
    """
    micros = max(0, (at - _EPOCH) // (at.resolution))
    millis, rest = divmod(micros, 1000)
    bits = (millis & (1 << 48) - 1) << 80
    bits |= 0x7 << 76 | (rest * 4096 // 1000) << 64
    bits |= 0b10 << 62 | rng.getrandbits(62)
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
