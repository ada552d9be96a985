from __future__ import annotations

import os
import stat
import threading

import pytest

from gen.commands.whole import write_whole
from gen.play.reading.bad_input import BadInput


def test_a_file_is_replaced_in_one_step(tmp_path):
    file = tmp_path / "picture.svg"
    file.write_text("old", encoding="utf-8")
    write_whole(file, "new\n")
    assert file.read_bytes() == b"new\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["nowhere/picture.svg", "folder"])
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        write_whole(tmp_path / name, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_stays_a_pipe(tmp_path):
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_whole(pipe, "text")
    reader.join()
    assert heard == ["text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_a_link(tmp_path):
    link = tmp_path / "link.svg"
    link.symlink_to(tmp_path / "picture.svg")
    write_whole(link, "text")
    assert link.is_symlink()
    assert link.read_text(encoding="utf-8") == "text"
