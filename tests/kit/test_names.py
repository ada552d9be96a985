"""Names that a machine makes up."""

import random
import re

from gen.kit.names import SAFE_ALPHABET, fnv1a_32, fnv1a_128, random_suffix, safe_encode, uid


def test_fnv_by_its_published_vectors():
    assert fnv1a_32(b"") == 0x811C9DC5
    assert fnv1a_32(b"a") == 0xE40C292C
    assert fnv1a_32(b"foobar") == 0xBF9CF968
    assert fnv1a_128(b"") == 0x6C62272E07BB014262B821756295C58D


def test_safe_names_have_no_vowels():
    assert set(safe_encode("1234567890")) <= set(SAFE_ALPHABET)
    assert re.fullmatch(f"[{SAFE_ALPHABET}]{{5}}", random_suffix(random.Random("1")))
    assert not set("aeiou013") & set(SAFE_ALPHABET)


def test_uids_are_version_4_and_unique_by_counter():
    found = [uid("7", number) for number in range(1_000)]
    assert len(dict.fromkeys(found)) == 1_000
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in found)
    assert uid("7", 1) == uid("7", 1) != uid("8", 1)
