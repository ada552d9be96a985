"""What is packed for the page is as light as it can be, and still knows its lines."""

import inspect
import marshal
import textwrap
import traceback
import zlib

import pytest

from gen.site import pack


def test_code_without_columns_has_the_same_lines():
    code = compile(inspect.getsource(pack), "pack.py", "exec")
    light = pack.without_columns(code)
    pairs = [(code, light)]
    while pairs:
        before, after = pairs.pop()
        assert lines(after) == lines(before)
        pairs += [two for two in zip(before.co_consts, after.co_consts, strict=True) if hasattr(two[0], "co_lines")]
    assert len(zlib.compress(marshal.dumps(light))) < 0.8 * len(zlib.compress(marshal.dumps(code)))


def lines(code):
    return [line for start, end, line in code.co_lines() for _ in range(start, end, 2)]


def test_a_traceback_names_the_line():
    far = "\n" * 300
    source = textwrap.dedent(f"""
        def f(x):
            {far}
            return 1 / x
        f(0)
    """)
    with pytest.raises(ZeroDivisionError) as caught:
        exec(pack.without_columns(compile(source, "far.py", "exec")), {})
    assert [frame.lineno for frame in traceback.extract_tb(caught.tb)][1:] == [305, 304]
