"""The part of Bootstrap that is served holds every rule a page asks for."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import bootstrap


def test_no_page_uses_a_class_of_bootstrap_that_is_not_served():
    asked = bootstrap.classes(bootstrap.reduced(bootstrap.WHOLE.read_text(), bootstrap.words()))
    served = bootstrap.classes(bootstrap.PART.read_text())
    assert len(asked) > 50
    assert asked - served == set(), "run scripts/bootstrap.py"


def test_a_class_nobody_uses_is_left_out():
    assert "carousel-item" in bootstrap.classes(bootstrap.WHOLE.read_text())
    assert "carousel-item" not in bootstrap.classes(bootstrap.PART.read_text())


def test_a_rule_is_kept_for_the_selectors_that_are_asked_for_and_no_other():
    made = bootstrap.reduced(".a,.b{top:0}@media (min-width:1px){.a>.c{top:1px}.b{left:0}}", {"b"})
    assert made == ".b{top:0}@media (min-width:1px){.b{left:0}}"
