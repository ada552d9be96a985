from __future__ import annotations

from gen.site.typography import WORD_JOINER, bound


def test_a_particle_stays_with_its_code_in_korean_only():
    assert bound("<code>kubectl</code>은", "ko") == f"<code>kubectl</code>{WORD_JOINER}은"
    assert bound("<code>kubectl</code> 은", "ko") == "<code>kubectl</code> 은"
    assert bound("<code>kubectl</code>은", "en") == "<code>kubectl</code>은"
