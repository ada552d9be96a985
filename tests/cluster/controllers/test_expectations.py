"""Expectations: a controller waits for its own deeds to come back before it counts again."""

from gen.cluster.controllers.expectations import TIMEOUT_US, Expectations

KEY = ("default", "web")


def test_creations_are_pending_until_all_are_seen():
    expectations = Expectations()
    assert not expectations.pending(KEY, 0)
    expectations.expect_creations(KEY, 2, now_us=0)
    expectations.creation_seen(KEY)
    assert expectations.pending(KEY, 1)
    expectations.creation_seen(KEY)
    assert not expectations.pending(KEY, 1)


def test_a_deletion_seen_twice_counts_once():
    expectations = Expectations()
    expectations.expect_deletions(KEY, ["a", "b"], now_us=0)
    expectations.deletion_seen(KEY, "a")
    expectations.deletion_seen(KEY, "a")
    assert expectations.pending(KEY, 1)
    expectations.deletion_seen(KEY, "b")
    assert not expectations.pending(KEY, 1)


def test_what_never_comes_is_waited_for_five_minutes():
    expectations = Expectations()
    expectations.expect_creations(KEY, 1, now_us=0)
    assert expectations.pending(KEY, TIMEOUT_US)
    assert not expectations.pending(KEY, TIMEOUT_US + 1)


def test_the_seen_of_others_do_no_harm():
    expectations = Expectations()
    expectations.creation_seen(KEY)
    expectations.deletion_seen(KEY, "x")
    assert not expectations.pending(KEY, 0)
