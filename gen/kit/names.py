"""Names that a machine makes up: hashes, safe suffixes, unique ids. All from counters and seeds, never from chance."""

from __future__ import annotations

import random

SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"  # upstream: apimachinery/pkg/util/rand/rand.go: no vowels, no look-alikes


def fnv1a_32(data: bytes, state: int = 0x811C9DC5) -> int:
    """FNV-1a, 32 bit. Pass a former result as `state` to go on."""
    for byte in data:
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return state


def fnv1a_128(data: bytes) -> int:
    """FNV-1a, 128 bit."""
    state = 0x6C62272E07BB014262B821756295C58D
    for byte in data:
        state = (state ^ byte) * 0x0000000001000000000000000000013B & (1 << 128) - 1
    return state


def safe_encode(text: str) -> str:
    """Each character of `text` by its code, in the safe alphabet (upstream: rand.SafeEncodeString)."""
    return "".join(SAFE_ALPHABET[ord(character) % len(SAFE_ALPHABET)] for character in text)


def random_suffix(dice: random.Random) -> str:
    """The ending that generateName gets (upstream: apiserver/pkg/storage/names/generate.go)."""
    return "".join(SAFE_ALPHABET[dice.randrange(len(SAFE_ALPHABET))] for _ in range(5))


def uid(seed: str, number: int) -> str:
    """The `number`-th unique id of a run, in the form of a version 4 UUID."""
    digits = f"{fnv1a_128(f'{number}/{seed}/{number}'.encode()):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:]}"
