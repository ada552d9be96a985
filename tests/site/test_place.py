"""A message names the line on which a fence opens, wherever it stands and whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from gen.site.place import Place

PAGE = """\
# Page

    first: 1 is only text here

```yaml
other: 1
```

```run
```

=== "Tab"

    - item

        ```run

        first: 1

        second: 2
        ```

> ~~~ run
> quoted: 1
> ~~~

````{.map}
last: 1
````
"""


@pytest.mark.parametrize(("source", "line"), [
    ("", 9), ("other: 1", 5), ("first: 1\n\nsecond: 2", 16), ("quoted: 1", 23), ("last: 1", 27),
])  # fmt: skip
def test_the_line_on_which_a_fence_opens(source, line):
    assert place().of(source) == f"docs/en/page.md:{line}"


def test_what_is_not_found_names_the_page():
    assert place().of("first: 1") == "docs/en/page.md"


def place():
    return Place("docs/en/page.md", "en", PAGE, Path("docs/en"), Path("docs/scenarios"), "page/")
