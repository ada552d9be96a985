import pytest

from gen.kit.unified import unified

LONG = "".join(f"{number}\n" for number in range(1, 21))


@pytest.mark.parametrize(
    ("before", "after", "hunks"),
    [
        ("a\n", "a\n", ""),
        ("", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"),
        ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a\nb\n", "a\nc\n", "@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        (LONG, LONG.replace("10\n", ""), "@@ -7,7 +7,6 @@\n 7\n 8\n 9\n-10\n 11\n 12\n 13\n"),
        (LONG, LONG.replace("\n2\n", "\n").replace("\n19\n", "\n"),
         "@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -16,5 +15,4 @@\n 16\n 17\n 18\n-19\n 20\n"),
        (LONG, LONG.replace("\n5\n", "\n").replace("\n12\n", "\n"),
         "@@ -2,14 +2,12 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n 9\n 10\n 11\n-12\n 13\n 14\n 15\n"),
    ],
)  # fmt: skip
def test_the_hunks_are_those_of_diff(before, after, hunks):
    assert unified(before, after) == hunks


def test_of_equal_lines_the_last_ones_are_said_to_go():
    assert unified("x\na\nb\na\nb\ny\n", "x\na\nb\ny\n") == "@@ -1,6 +1,4 @@\n x\n a\n b\n-a\n-b\n y\n"
