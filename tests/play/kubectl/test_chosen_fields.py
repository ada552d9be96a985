"""JSONPath and custom columns, as kubectl reads and prints them."""

import pytest

from gen.play.kubectl.chosen_fields import custom_columns, json_path
from gen.play.kubectl.failures import Failure


def endpoint(address, pod, ready):
    return {"addresses": [address], "conditions": {"ready": ready}, "targetRef": {"name": pod}}


SLICE = {
    "kind": "EndpointSlice",
    "metadata": {"generation": 7, "labels": {"kubernetes.io/service-name": "web"}, "name": "web-7k"},
    "endpoints": [endpoint("10.244.1.2", "web-a", True), endpoint("10.244.1.3", "web-b", False)],
}
EMPTY = {"kind": "EndpointSlice", "metadata": {"generation": 1, "name": "db-1q"}, "endpoints": []}
WHOLE = {"kind": "List", "items": [SLICE, EMPTY]}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            "{range .items[*]}{.metadata.name} gen={.metadata.generation}{'\\n'}"
            "{range .endpoints[*]}  {.targetRef.name} {.addresses[0]} {.conditions}{'\\n'}{end}{end}",
            'web-7k gen=7\n  web-a 10.244.1.2 {"ready":true}\n  web-b 10.244.1.3 {"ready":false}\ndb-1q gen=1\n',
        ),
        ('{.items[0].endpoints[?(@.conditions.ready==true)].targetRef.name}', "web-a"),
        ('{.items[?(@.metadata.name=="db-1q")].metadata.generation}', "1"),
        ("{.items[?(@.metadata.generation>=1)].metadata.name}", "web-7k db-1q"),
        ("{.items[?(@.metadata.labels)].metadata.name}", "web-7k"),
        ("{.items[0].metadata.labels.kubernetes\\.io/service-name}", "web"),
        ("{.items[0].metadata.labels['kubernetes\\.io/service-name']}", "web"),
        ("{.items[*]['kind','metadata.name']}", "EndpointSlice EndpointSlice web-7k db-1q"),
        ("{.items[-1].metadata.name} {.items[:1].metadata.name} {.items[::2].kind}", "db-1q web-7k EndpointSlice"),
        ("{..targetRef.name}", "web-a web-b"),
        ("{.items[0].endpoints[*].addresses}", '["10.244.1.2"] ["10.244.1.3"]'),
        ("{.kind}{.nothing}{\"\\t\"}{$.kind}", "List\tList"),
        (".kind", ".kind"),  # no braces: a text
    ],
)  # fmt: skip
def test_what_a_template_finds(template, text):
    assert json_path(WHOLE, "jsonpath", template) == text


def test_as_json_every_part_is_a_list():
    assert json_path(SLICE, "jsonpath-as-json", "{.metadata.name}") == '[\n    "web-7k"\n]\n'


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{.items", "error parsing jsonpath {.items, unclosed action"),
        ("{.items[x]}", "error parsing jsonpath {.items[x]}, invalid array index x"),
        ("{.items[?(@.kind}", "error parsing jsonpath {.items[?(@.kind}, unterminated filter"),
        ("{.items[2].kind}", "Error executing template: array index out of bounds: index 2, length 2. Printing more"),
        ("{.kind[0]}", "Error executing template: string is not array or slice. Printing more"),
        ("{end}", "Error executing template: not in range, nothing to end. Printing more"),
        ("{items}", "Error executing template: unrecognized identifier items. Printing more"),
        ('{.items[?(@.metadata.generation=="1")]}', "Error executing template: incompatible types for comparison. Printing more"),
    ],
)
def test_what_is_wrong_with_a_template(template, why):
    with pytest.raises(Failure) as caught:
        json_path(WHOLE, "jsonpath", template)
    assert why in str(caught.value)


def test_an_error_shows_the_object_as_go_has_it():
    with pytest.raises(Failure) as caught:
        json_path({"items": [], "n": 1, "no": None}, "jsonpath", "{.items[0]}")
    shown = 'map[string]interface {}{"items":[]interface {}{}, "n":1, "no":interface {}(nil)}'
    assert str(caught.value).endswith(f"\t\t{{.items[0]}}\n\tobject given to jsonpath engine was:\n\t\t{shown}\n\n\n")


def test_columns():
    spec = "NAME:.metadata.name,ALL:endpoints[*].addresses,META:{.metadata},NO:.nope"
    assert custom_columns([SLICE, EMPTY], spec) == (
        ["NAME", "ALL", "META", "NO"],
        [
            [
                "web-7k",
                "[10.244.1.2],[10.244.1.3]",
                "map[generation:7 labels:map[kubernetes.io/service-name:web] name:web-7k]",
                "<none>",
            ],
            ["db-1q", "<none>", "map[generation:1 name:db-1q]", "<none>"],
        ],
    )
    with pytest.raises(Failure, match="unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>"):
        custom_columns([SLICE], "NAME")
