"""The documentation says what the code does."""

import re

import pytest
from django.conf import settings

from coaching.home.demo.cast import PASSWORD, SIGN_INS
from coaching.home.management.commands.state_diagrams import PAGE, page
from coaching.kernel.viewer import Portal
from tests.rules.addresses import access_of, product_patterns

DOCS = [settings.BASE_DIR / "README.md", *sorted((settings.BASE_DIR / "docs").rglob("*.md"))]
README = (settings.BASE_DIR / "README.md").read_text()


def test_the_state_diagrams_are_those_of_the_tables():
    assert PAGE.read_text() == page()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_the_commands_of_the_readme_are_in_the_makefile():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    for command in set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE)):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


def test_the_readme_names_every_sign_in_and_the_password():
    assert PASSWORD in README
    for player in SIGN_INS:
        assert f"`{player.email}`" in README


@pytest.mark.parametrize("portal", list(Portal))
def test_each_page_of_a_portal_is_on_the_page_of_its_role(portal):
    said = (settings.BASE_DIR / "docs" / "roles" / f"{portal.value}.md").read_text()
    for name, pattern in product_patterns():
        if access_of(pattern)[1] == portal:
            last = re.sub(r"<int:(\w+)>", r"<\1>", str(pattern.pattern))
            last = re.sub(r"<str:\w+>", "<ref>", last).replace("<ref>/<ref>", "<ref>")
            tail = "/".join(last.strip("/").split("/")[-1:]) or portal.value
            assert tail.replace("<ref>", "") in said, (name, last)
