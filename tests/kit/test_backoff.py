"""Back-off."""

from gen.kit.backoff import Backoff


def test_it_doubles_up_to_the_longest_and_begins_anew():
    backoff = Backoff(5, 50)
    assert [backoff.next("a") for _ in range(6)] == [5, 10, 20, 40, 50, 50]
    assert backoff.next("b") == 5
    backoff.forget("a")
    assert backoff.next("a") == 5
