from __future__ import annotations

import pytest

from gen.commands import bench_rollouts
from gen.commands.bench_promises import listed


def turn(few_s, many_s, peak_mb=400.0):
    """One turn: what the runs of few Pods and of many cost."""
    return {
        pods: {"cpu_s": run_s + 0.5, "run_s": run_s, "peak_mb": peak_mb, "new": pods}
        for pods, run_s in ((100, few_s), (1000, many_s))
    }


def test_of_the_turns_the_one_in_the_middle_counts():
    found = listed(bench_rollouts.promises([turn(1.0, 9.0), turn(1.0, 30.0, 700.0), turn(0.5, 8.0)])).splitlines()
    assert [line.split("  ")[-1].strip() for line in found] == ["1.50 s", "400 MB", "≤ 10 s", "≤ 600 MB", "≤ 1.5 times !"]
    assert "9.50 s" in found[2]
    assert "1.60 times" in found[4]


def test_a_system_that_does_not_tell_its_memory():
    assert "MB" not in listed(bench_rollouts.promises([turn(1.0, 9.0, None)]))


def test_a_small_rollout_ends_with_the_new_image():
    found = bench_rollouts.measured(4)
    assert found["new"] == 4
    assert 0 < found["run_s"] <= found["cpu_s"]


def test_pods_that_keep_the_old_image_are_told(monkeypatch):
    monkeypatch.setattr(bench_rollouts.json, "loads", lambda _: {"new": 3})
    monkeypatch.setattr(bench_rollouts.subprocess, "run", lambda *_, **__: type("Done", (), {"returncode": 0, "stdout": ""}))
    with pytest.raises(bench_rollouts.NotRolledOver, match="3 of 4 Pods have the new image"):
        bench_rollouts.once(4)
