from __future__ import annotations

import socket
from argparse import ArgumentTypeError

import pytest

from gen.commands.playing import Failed
from gen.commands.serve import port, require_free


def test_a_port():
    assert port("8080") == 8080


@pytest.mark.parametrize("text", ["0", "65536", "99999999", "80x", "-1", ""])
def test_no_port(text):
    with pytest.raises(ArgumentTypeError, match="is no port"):
        port(text)


def test_somebody_listens_there_already():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Failed, match="Name another one: --port"):
            require_free(other.getsockname()[1])
