"""Which objects a selector means."""

import pytest

from gen.objects.selectors import field_selector, format_selector, label_selector, matches, matches_fields

WEB = {"app": "web", "tier": "front"}


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("app=web", True),
        ("app==web", True),
        ("app!=web", False),
        ("env!=prod", True),  # a missing label is not equal
        ("app in (web, db),tier!=back", True),
        ("tier notin (front)", False),
        ("app", True),
        ("!env", True),
        ("!app", False),
        ("", True),
    ],
)
def test_label_selectors_as_kubectl_reads_them(text, selected):
    assert matches(label_selector(text), WEB) is selected


def test_no_selector_selects_nothing_and_an_empty_one_everything():
    assert not matches(None, WEB)
    assert matches({}, WEB)


def test_a_selector_that_cannot_be_read():
    with pytest.raises(ValueError, match="unable to parse requirement"):
        label_selector("app web")


@pytest.mark.parametrize(
    ("text", "selected"),
    [
        ("status.phase=Running", True),
        ("status.phase!=Running", False),
        ("metadata.name=web,spec.nodeName=", True),
        ("spec.unschedulable=true", False),
    ],
)
def test_field_selectors(text, selected):
    pod = {"kind": "Pod", "metadata": {"name": "web"}, "spec": {}, "status": {"phase": "Running"}}
    assert matches_fields(pod, field_selector(text)) is selected


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ({}, "<none>"),
        ({"matchLabels": {"b": "2", "a": "1"}}, "a=1,b=2"),
        ({"matchExpressions": [{"key": "env", "operator": "In", "values": ["b", "a"]}]}, "env in (a,b)"),
        ({"matchLabels": {"a": "1"}, "matchExpressions": [{"key": "old", "operator": "DoesNotExist"}]}, "a=1,!old"),
    ],
)
def test_a_selector_as_kubectl_prints_it(selector, text):
    assert format_selector(selector) == text


def test_a_third_equals_sign_is_no_identifier():
    with pytest.raises(ValueError, match="found '=', expected: identifier"):
        label_selector("a===b")
