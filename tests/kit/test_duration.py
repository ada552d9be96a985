"""Times as text: Go's durations, kubectl's ages, RFC 3339."""

import pytest

from gen.kit.duration import go_duration, human_age, micro_timestamp, parse_duration, parse_timestamp, rfc1123, timestamp

START_US = 1_767_225_600_000_000


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-2, "<invalid>"), (-1, "0s"), (0, "0s"), (119, "119s"), (120, "2m"), (125, "2m5s"), (599, "9m59s"), (600, "10m"),
        (10_799, "179m"), (10_800, "3h"), (12_060, "3h21m"), (28_800, "8h"), (172_799, "47h"), (172_800, "2d"),
        (190_800, "2d5h"), (691_200, "8d"), (63_071_999, "729d"), (63_072_000, "2y"), (66_096_000, "2y35d"), (252_288_000, "8y"),
    ],
)  # fmt: skip
def test_ages_as_kubectl_prints_them(seconds, text):
    assert human_age(seconds) == text


@pytest.mark.parametrize(
    ("duration_us", "text"),
    [(0, "0s"), (250, "250µs"), (347_000, "347ms"), (1_043_000, "1.043s"), (30_000_000, "30s"), (80_000_000, "1m20s"),
     (300_000_000, "5m0s"), (3_600_000_000, "1h0m0s")],
)  # fmt: skip
def test_go_durations_both_ways(duration_us, text):
    assert go_duration(duration_us) == text
    assert parse_duration(text) == duration_us


@pytest.mark.parametrize("text", ["", "5", "5 s", "s", "1m x", "five"])
def test_what_is_no_duration(text):
    with pytest.raises(ValueError, match="invalid duration"):
        parse_duration(text)


def test_timestamps():
    assert timestamp(START_US + 999_999) == "2026-01-01T00:00:00Z"
    assert micro_timestamp(START_US + 42) == "2026-01-01T00:00:00.000042Z"
    assert parse_timestamp("2026-01-01T00:00:00.000042Z") == START_US + 42
    assert timestamp(START_US - 1) == "2025-12-31T23:59:59Z"
    assert rfc1123(START_US) == "Thu, 01 Jan 2026 00:00:00 +0000"
