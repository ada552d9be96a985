"""How kubectl writes which object it speaks of."""

from __future__ import annotations

from gen.objects.kinds import Kind


def typed(kind: Kind) -> str:
    """The kind as results name it: `deployment.apps`, `pod`."""
    return kind.name.lower() + (f".{kind.group}" if kind.group else "")


def plural_called(kind: Kind, name: str) -> str:
    """`deployments/web`."""
    return f"{kind.plural}/{name}"


def described(kind: Kind, namespace: str, name: str) -> str:
    """The three facts with which errors of `apply` name an object."""
    version = f"{kind.group}/{kind.version}"
    resource = f'Resource: "{version}, Resource={kind.plural}", GroupVersionKind: "{version}, Kind={kind.name}"'
    return f'{resource}\nName: "{name}", Namespace: "{namespace}"'
