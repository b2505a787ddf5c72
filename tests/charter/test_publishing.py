"""A practice publishes another version of the charter, or is told why not."""

import pytest
from django.urls import reverse

from ethics.charter.access import current_version
from ethics.charter.models import CharterVersion
from ethics.charter.texts import bundled


@pytest.fixture
def publish(world, browse):
    """What the administrator's form answers to a text."""

    def said(text: str):
        return browse("administrator").post(reverse("practice_charter"), {"text": text})

    return said


def _refused(answer) -> list[str]:
    assert answer.status_code == 422
    return answer.context["form"].errors.get("text") or answer.context["form"].non_field_errors()


def test_the_text_in_force_sent_back_as_the_page_shows_it_is_no_new_version(world, browse, publish):
    shown = browse("administrator").get(reverse("practice_charter")).context["form"]["text"].value()
    assert _refused(publish(shown.replace("\n", "\r\n")))
    assert CharterVersion.unscoped.filter(practice=world.practice).count() == 2


def test_a_new_version_is_in_force_at_once_for_everybody(world, browse, publish):
    text = bundled().markdown.replace("## Objet", "## Objet de la charte")
    assert publish(text).status_code == 302
    assert current_version(world.practice.pk).text == text
    assert "Objet de la charte" in browse("coachee").get(reverse("charter")).content.decode()


def test_the_bundled_text_keeps_its_digest_when_it_comes_back_through_the_form(world, publish):
    publish(bundled().markdown.strip())
    assert current_version(world.practice.pk).text == bundled().markdown


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n\n" + "Un mot de plus. " * 1400,
        lambda text: text + "\n\n" + "> " * 40 + "profond",
        lambda text: text.replace("### Supervision", "### " + "Supervision " * 40),
        lambda text: text.replace("# Coaching", "Coaching", 1),
        lambda text: text.replace("### Supervision", "Supervision"),
    ],
    ids=["too long", "too deep", "a heading too long", "no title", "an article missing"],
)
def test_a_text_no_page_could_show_is_refused_in_words_and_kept(world, publish, change):
    text = change(bundled().markdown)
    answer = publish(text)
    assert _refused(answer)
    assert answer.context["form"]["text"].value() == text
    assert CharterVersion.unscoped.filter(practice=world.practice).count() == 2
