"""Verbs that look before they write, on a real cluster: diff, replace, dry runs, pruning, server-side apply (recording 41)."""

import pytest

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME, labels: {app: web}}\ndata: {a: '1'}\n"


@pytest.fixture
def shell(shell):
    shell.stage.files = {
        "cm.yaml": MAP.replace("NAME", "cm"),
        "both/a.yaml": MAP.replace("NAME", "a"),
        "both/b.yaml": MAP.replace("NAME", "b"),
    }
    return shell


def data(shell, name="cm"):
    found = shell.stage.get("ConfigMap", "default", name)
    return found and found["data"]


def change(shell, before, after, file="cm.yaml"):
    shell.stage.files[file] = shell.stage.files[file].replace(before, after)


@pytest.mark.parametrize(
    ("how", "said"),
    [("client", "configmap/cm created (dry run)\n"), ("server", "configmap/cm created (server dry run)\n")],
)
def test_a_dry_run_says_what_would_be(shell, how, said):
    assert shell(f"apply -f cm.yaml --dry-run={how}") == (0, said, "")
    assert shell(f"create -f cm.yaml --dry-run={how}") == (0, said, "")
    assert data(shell) is None


def test_a_dry_run_over_what_is_there(shell):
    shell("apply -f cm.yaml")
    assert shell("apply -f cm.yaml --dry-run=server")[1] == "configmap/cm unchanged (server dry run)\n"
    assert shell("apply -f cm.yaml --dry-run=client")[1] == "configmap/cm configured (dry run)\n"
    assert shell("delete cm cm --dry-run=client")[1] == 'configmap "cm" deleted from default namespace (dry run)\n'
    assert shell("label cm cm x=y --dry-run=server")[1] == "configmap/cm labeled (server dry run)\n"
    assert shell("patch cm cm -p {} --dry-run=client")[1] == "configmap/cm patched (no change) (dry run)\n"
    assert shell("apply -f cm.yaml --dry-run=perhaps")[2].startswith("error: invalid dry-run value (perhaps)")
    assert data(shell) == {"a": "1"}


def test_a_difference_ends_with_one_and_an_error_with_two(shell):
    code, said, _ = shell("diff -f cm.yaml")
    lines = said.splitlines()
    assert (code, lines[0].split()[:3], lines[3]) == (1, ["diff", "-u", "-N"], "@@ -0,0 +1,11 @@")
    assert lines[1].split("\t")[0].endswith("/v1.ConfigMap.default.cm")
    shell("apply -f cm.yaml")
    assert shell("diff -f cm.yaml") == (0, "", "")
    change(shell, "'1'", "'2'")
    assert [line for line in shell("diff -f cm.yaml")[1].splitlines()[3:] if line[0] in "+-"] == ['-  a: "1"', '+  a: "2"']
    change(shell, "name: cm", "name: Cm_")
    assert shell("diff -f cm.yaml")[0] == 2


def test_a_secrets_values_are_not_shown(shell):
    shell.stage.files["s.yaml"] = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: eA==, b: eQ==}\n"
    shell("apply -f s.yaml")
    change(shell, "eA==", "eg==", "s.yaml")
    said = shell("diff -f s.yaml")[1]
    assert "eA==" not in said.split("@@")[2].replace('"data":{"a":"eA=="', "")
    assert "-  a: '*** (before)'" in said or "-  a: '*** (before)'".replace("'", "") in said


def test_replace_takes_the_whole_object_and_heeds_a_version(shell):
    assert shell("replace -f cm.yaml")[2] == (
        'Error from server (NotFound): error when replacing "cm.yaml": configmaps "cm" not found\n'
    )
    shell("create -f cm.yaml")
    change(shell, "{a: '1'}", "{b: '2'}")
    assert shell("replace -f cm.yaml") == (0, "configmap/cm replaced\n", "")
    assert data(shell) == {"b": "2"}
    change(shell, "name: cm,", "name: cm, resourceVersion: '1',")
    assert "Operation cannot be fulfilled" in shell("replace -f cm.yaml")[2]


def test_replace_by_force_is_another_object(shell):
    shell("create -f cm.yaml")
    uid = shell.stage.get("ConfigMap", "default", "cm")["metadata"]["uid"]
    assert shell("replace --force -f cm.yaml")[1] == 'configmap "cm" deleted from default namespace\nconfigmap/cm replaced\n'
    assert shell.stage.get("ConfigMap", "default", "cm")["metadata"]["uid"] != uid


def test_prune_deletes_what_was_applied_and_is_in_no_file(shell):
    shell("apply -f both/")
    shell("create -f cm.yaml")
    assert "all resources selected for prune" in shell("apply -f both/a.yaml --prune")[2]
    assert shell("apply -f both/a.yaml --prune -l app=web")[1] == "configmap/a unchanged\nconfigmap/b pruned\n"
    assert data(shell, "b") is None
    assert data(shell) is not None


def test_the_selector_chooses_among_the_objects_of_the_files(shell):
    assert shell("apply -f both/ -l app=none") == (1, "", "error: no objects passed to apply\n")


def test_the_last_applied_text(shell):
    shell("create -f cm.yaml")
    missing = "error: no last-applied-configuration annotation found on resource: cm"
    assert shell("apply view-last-applied cm/cm")[2] == f"{missing}\n"
    assert shell("apply set-last-applied -f cm.yaml")[2].startswith(missing)
    assert shell("apply set-last-applied -f cm.yaml --create-annotation")[1] == "configmap/cm configured\n"
    assert shell("apply view-last-applied cm/cm")[1].startswith('apiVersion: v1\ndata:\n  a: "1"\nkind: ConfigMap\n')


def test_conflicts_come_with_advice(shell):
    assert shell("apply --server-side --field-manager=alice -f cm.yaml")[1] == "configmap/cm serverside-applied\n"
    change(shell, "'1'", "'2'")
    code, _, said = shell("apply --server-side --field-manager=bob -f cm.yaml")
    assert (code, said.splitlines()[0]) == (1, 'error: Apply failed with 1 conflict: conflict with "alice": .data.a')
    assert "`--force-conflicts`" in said
    assert shell("apply --server-side --field-manager=bob --force-conflicts -f cm.yaml")[0] == 0
    assert data(shell) == {"a": "2"}


def test_from_the_clients_side_to_the_servers(shell):
    shell("apply -f cm.yaml")
    change(shell, "{a: '1'}", "{b: '2'}")
    assert shell("apply --server-side -f cm.yaml")[1] == "configmap/cm serverside-applied\n"
    assert data(shell) == {"b": "2"}
    said = shell("get cm cm -o yaml --show-managed-fields")[1]
    found = [line.split()[1] for line in said.splitlines() if line.startswith("    manager:")]
    assert found == ["kubectl-last-applied", "kubectl"]
    assert "managedFields" not in shell("get cm cm -o yaml")[1]


def test_a_patch_may_be_yaml_or_stand_in_a_file(shell):
    shell("create -f cm.yaml")
    shell.stage.files["p.yaml"] = "data: {c: '3'}\n"
    assert shell("patch cm cm -p 'data: {b: \"2\"}'")[1] == "configmap/cm patched\n"
    assert shell("patch cm cm --patch-file p.yaml")[1] == "configmap/cm patched\n"
    assert data(shell) == {"a": "1", "b": "2", "c": "3"}


def test_labels_are_listed(shell):
    shell("create -f cm.yaml")
    assert shell("label cm cm --list")[1] == "app=web\n"
    assert shell("label cm cm x=y -o name")[1] == "configmap/cm\n"
