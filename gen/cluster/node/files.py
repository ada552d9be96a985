"""The files that a container sees: its own, gone with it, and those of its Pod's volumes, which its neighbours see too."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

Volume = dict[str, str]


class Files(MutableMapping[str, str]):
    """Texts by path. `mounts` are volumes by the path under which they hang; a mount of one file has that file's name."""

    def __init__(self, mounts: dict[str, tuple[Volume, str]] | None = None) -> None:
        self._own: Volume = {}
        self._mounts = mounts or {}

    def _place(self, path: str) -> tuple[Volume, str]:
        """Where a path leads: into a volume, or to the container's own files."""
        hung = [hook for hook in self._mounts if path == hook or path.startswith(f"{hook}/")]
        if not hung:
            return self._own, path
        hook = max(hung, key=len)
        volume, part = self._mounts[hook]
        rest = path[len(hook) :].lstrip("/")
        return volume, "/".join(word for word in (part, rest) if word)

    def __getitem__(self, path: str) -> str:
        volume, name = self._place(path)
        return volume[name]

    def __setitem__(self, path: str, text: str) -> None:
        volume, name = self._place(path)
        volume[name] = text

    def __delitem__(self, path: str) -> None:
        volume, name = self._place(path)
        del volume[name]

    def __iter__(self) -> Iterator[str]:
        yield from list(self._own)
        for hook, (volume, part) in self._mounts.items():
            for name in list(volume):
                if not part:
                    yield f"{hook}/{name}"
                elif name == part or name.startswith(f"{part}/"):
                    yield hook + name[len(part) :]

    def __len__(self) -> int:
        return sum(1 for _ in self)
