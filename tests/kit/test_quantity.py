import re

import pytest

from gen.kit import quantity


@pytest.mark.parametrize(
    ("text", "canonical", "milli", "value"),
    [
        ("100m", "100m", 100, 1),
        ("0.5", "500m", 500, 1),
        (1, "1", 1000, 1),
        (0.5, "500m", 500, 1),
        ("1000", "1k", 1_000_000, 1000),
        ("1500", "1500", 1_500_000, 1500),
        ("1500000", "1500k", 1_500_000_000, 1_500_000),
        ("1024Mi", "1Gi", 1024**3 * 1000, 1024**3),
        ("1.5Gi", "1536Mi", 1536 * 1024**2 * 1000, 1536 * 1024**2),
        ("0.5Ki", "512", 512_000, 512),
        ("0.0001Ki", "102400u", 103, 1),
        ("2e3", "2e3", 2_000_000, 2000),
        ("12E2", "1200", 1_200_000, 1200),
        ("1u", "1u", 1, 1),
        ("0.1n", "1n", 1, 1),
        ("0", "0", 0, 0),
        ("-1", "-1", -1000, -1),
        ("+3k", "3k", 3_000_000, 3000),
        ("1E", "1E", 10**21, 10**18),
    ],
)
def test_amounts(text, canonical, milli, value):
    assert (quantity.canonical(text), quantity.milli(text), quantity.value(text)) == (canonical, milli, value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("abc", quantity.FORMAT),
        ("", quantity.FORMAT),
        ("1 Gi", quantity.FORMAT),
        ("1ki", quantity.SUFFIX),
        ("1em", quantity.SUFFIX),
    ],
)
def test_what_is_no_amount(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        quantity.amount(text)


def test_comparing_and_adding():
    assert [quantity.compare(one, "1") for one in ("999m", "1000m", "1001m")] == [-1, 0, 1]
    assert quantity.added("1Gi", "512Mi") == "1536Mi"
    assert quantity.added("0", "1Ki") == "1Ki"
    assert quantity.added("500m", "1500m") == "2"
