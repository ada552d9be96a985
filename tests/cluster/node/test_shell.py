"""The shell's small part that containers understand; every row is what dash or busybox sh does."""

import pytest

from gen.cluster.node.shell import parse
from gen.cluster.node.shell_words import NotUnderstood


@pytest.mark.parametrize(
    ("script", "code", "printed", "seconds"),
    [
        ("echo starting; sleep 1; echo boom >&2; exit 1", 1, "starting\nboom\n", 1),
        ("true && echo a || echo b", 0, "a\n", 0),
        ("false && echo a || echo b", 0, "b\n", 0),
        ("! true", 1, "", 0),
        ("if [ -f /x ]; then echo there; elif true; then echo else; fi", 0, "else\n", 0),
        ("for i in a b c; do echo $i; done", 0, "a\nb\nc\n", 0),
        ("n=3; while [ $n -gt 0 ]; do echo $n; n=$((n - 1)); sleep 2; done", 0, "3\n2\n1\n", 6),
        ("until test -f /go; do sleep 1; touch /go; done; echo gone", 0, "gone\n", 1),
        ("echo one two | cat", 0, "one two\n", 0),
        ("echo '$HOME' \"${X:-else}\" $((2 * (3 + 4)))", 0, "$HOME else 14\n", 0),
        ('x=$(echo hi; echo ho); echo "$x"', 0, "hi\nho\n", 0),
        ("echo a > /f; echo b >> /f; cat < /f; cat /f", 0, "a\nb\na\nb\n", 0),
        ("cat /nope", 1, "cat: can't open '/nope': No such file or directory\n", 0),
        ("touch /a; rm /a; rm /a", 1, "rm: can't remove '/a': No such file or directory\n", 0),
        ("(exit 3); echo $?", 0, "3\n", 0),
        ("nope", 127, "sh: nope: not found\n", 0),
        ("set -e; false; echo never", 1, "", 0),
        ("sleep 3 & sleep 1; wait; echo done", 0, "done\n", 3),
        ("while true; do sleep 1; break; done; echo out", 0, "out\n", 1),
        ("sleep 0.5; sleep 1m", 0, "", 60.5),
        ("test 1 -lt 2 && [ a != b ] && test -z ''", 0, "", 0),
        ("if [ $NONE -eq 200 ]; then echo yes; else echo no; fi", 0, "sh: -eq: unknown operand\nno\n", 0),
        ("seq 3 | tail -n1; echo x | head -1; hostname", 0, "3\nx\nweb-1\n", 0),
        ("trap 'echo bye' EXIT; echo hi; exit 2", 2, "hi\nbye\n", 0),
        ("exec sleep 2; echo never", 0, "", 2),
        ("# a word\necho after # and more", 0, "after\n", 0),
    ],
)
def test_scripts(ran, script, code, printed, seconds):
    found = ran(script)
    assert (found.code, found.printed, found.seconds) == (code, printed, seconds)


@pytest.mark.parametrize("script", ["echo 'open", "if true; then echo", "echo ${X%y}", "case a in a) echo;; esac", "echo >"])
def test_what_is_not_understood_is_refused(script):
    with pytest.raises(NotUnderstood):
        parse(script)


@pytest.mark.parametrize(
    ("script", "code", "seconds"),
    [
        ("trap 'exit 7' TERM; while true; do sleep 2; done", 7, 6),  # a trap waits for the command in front of it
        ("trap 'exit 7' TERM; sleep 50 & wait", 7, 5),  # but not for what is in the background
        ("trap '' TERM; sleep 8", 0, 8),
        ("sleep 8", 0, 8),  # process 1 ignores what it has set up nothing for
        ("exec nginx", 0, 5),
        ("nginx; echo never", None, None),  # a child of the shell hears nothing
    ],
)
def test_told_to_stop(ran, script, code, seconds):
    found = ran(script, signal_at=5)
    assert (found.code, found.seconds) == (code, seconds)


def test_memory_is_limited(ran):
    assert ran("sleep 1; tail /dev/zero", limit=20 << 20).code == "oom"
    assert ran("stress --vm 1 --vm-bytes 10M", limit=20 << 20).code is None
    assert ran("stress --vm 1 --vm-bytes 30M", limit=20 << 20).code == "oom"
