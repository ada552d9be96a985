from __future__ import annotations

from gen.trace.record import Printed, Ref, Said
from gen.views import VIEWS
from gen.views.model import Piece, Text
from gen.views.story import story

SECOND = 1_000_000


def terminal(trace, **options):
    return VIEWS["terminal"](trace, **options)


def said(diary, at: int, typed: int, stdout: str = "", stderr: str = "", rc: int = 0) -> int:
    line = diary.trace[typed].line
    answer = {"line": line, "rc": rc, "stdout": stdout, "stderr": stderr}
    return diary.trace.add(Said, at=at, cause=typed, who="kubectl", process="kubectl", **answer).seq


def typed_in_turn(diary):
    """A line that prints, one that fails, one that prints nothing, and one that never comes back."""
    get = diary.typed(0, "kubectl get pods")
    said(diary, 20_000, get, "NAME   READY   STATUS\nweb-1  1/1     Running\n")
    wrong = diary.typed(SECOND, "kubectl get pod web-2")
    said(diary, SECOND + 20_000, wrong, stderr='Error from server (NotFound): pods "web-2" not found\n', rc=1)
    silent = diary.typed(2 * SECOND, "kubectl get pods --no-headers -l app=none --ignore-not-found")
    said(diary, 2 * SECOND + 20_000, silent)
    diary.typed(3 * SECOND, "kubectl wait pod/web-1 --for=delete")
    return diary.trace


def test_what_it_says(golden, diary):
    assert terminal(typed_in_turn(diary)).to_json() == golden("yaml")


def test_every_line_with_its_answer(diary):
    found = terminal(typed_in_turn(diary)).entries
    assert [(entry.at, entry.rc, len(entry.printed), len(entry.errors), entry.said is None) for entry in found] == [
        (0, 0, 2, 0, False), (SECOND, 1, 0, 1, False), (2 * SECOND, 0, 0, 0, False), (3 * SECOND, 0, 0, 0, True),
    ]  # fmt: skip


def test_blanks_and_empty_lines_stay(diary):
    said(diary, 1, diary.typed(0, "kubectl describe pod web"), "Name:  web\n\n  State: Running\n")
    assert terminal(diary.trace).entries[0].printed == ("Name:  web", "", "  State: Running")


def test_a_reader_steps_to_every_line_and_every_answer(diary):
    trace = typed_in_turn(diary)
    told = story(trace, ["terminal"])
    assert [(type(trace[step.record]).__name__, step.at) for step in told.steps] == [
        ("Typed", 0), ("Said", 20_000), ("Typed", SECOND), ("Said", SECOND + 20_000),
        ("Typed", 2 * SECOND), ("Said", 2 * SECOND + 20_000), ("Typed", 3 * SECOND),
    ]  # fmt: skip
    assert told.steps[0].text == Text("typed", line="kubectl get pods")


def test_what_was_typed_before_time_0_is_not_there(diary):
    said(diary, -1, diary.typed(-2, "kubectl apply -f system.yaml"), "made\n")
    assert terminal(diary.trace).entries == ()


def test_a_focus_changes_nothing(diary):
    trace = typed_in_turn(diary)
    assert terminal(trace, focus=Ref("Pod", "default", "web-1")) == terminal(trace)


def test_what_goes_on_prints_piece_by_piece(diary):
    typed = diary.typed(0, "kubectl get pods -w")
    piece = {"who": "kubectl", "process": "kubectl", "typed": typed}
    first = diary.trace.add(Printed, at=1, cause=typed, stdout="", **piece).seq
    apply = diary.typed(2, "kubectl apply -f web.yaml")
    row = diary.trace.add(Printed, at=3, cause=apply, stdout="NAME\nweb-1\n", **piece).seq
    watching, _ = terminal(diary.trace).entries
    assert (watching.said, watching.pieces) == (None, (Piece(record=first), Piece(record=row, printed=("NAME", "web-1"))))
    told = story(diary.trace, ["terminal"]).steps
    assert [step.text.key for step in told] == ["typed", "watching", "typed", "said"]
