"""One look everywhere, and what a telephone needs to put the product among its own."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from coaching.outbox.layout import compose

CSS = settings.BASE_DIR / "static" / "css"
HEX = re.compile(r"#[0-9a-f]{6}\b")


def _tokens(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", (CSS / sheet).read_text()))


def test_no_colour_is_named_outside_the_tokens():
    for sheet in ("app.css", "components.css"):
        assert HEX.findall((CSS / sheet).read_text()) == [], sheet


def test_the_dark_look_gives_every_colour_a_value():
    assert set(_tokens("tokens.css")) == set(_tokens("dark.css"))


def test_a_contract_is_printed_in_the_inks_of_the_pages():
    printed = (settings.BASE_DIR / "coaching" / "documents" / "styles" / "contract.css").read_text()
    light = _tokens("tokens.css")
    for name in ("ink", "ink-soft", "accent"):
        assert light[name] in printed, name


def test_a_letter_has_the_colours_of_the_pages():
    html = compose(
        "missions/request_written", "fr", {"name": "A", "reference": "M-1", "level": "coachee"}
    ).html
    assert set(HEX.findall(html)) <= {*_tokens("tokens.css").values(), *_tokens("dark.css").values()}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground, 4.5) for ink in ("ink", "ink-soft", "accent", "good", "warn", "bad") for ground in ("paper", "sheet")),
    ("ink", "well", 4.5), ("on-accent", "accent", 4.5), ("on-bad", "bad", 4.5), ("lead-ink", "lead-bg", 4.5),
    ("lead-soft", "lead-bg", 4.5), ("lead-button-ink", "lead-button", 4.5), ("lead-button-ink", "lead-soft", 4.5),
    ("accent-deep", "accent-tint", 4.5), ("good", "good-tint", 4.5), ("warn", "warn-tint", 4.5), ("bad", "bad-tint", 4.5),
    ("line-strong", "paper", 3), ("line-strong", "sheet", 3), ("focus", "paper", 3), ("lead-ink", "lead-bg", 3),
]  # fmt: skip


@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_ink_can_be_read_on_its_ground(sheet, ink, ground, least):
    tokens = _tokens(sheet)
    assert _contrast(tokens[ink], tokens[ground]) >= least


@pytest.mark.django_db
def test_the_components_are_shown_to_members_and_on_a_persons_own_machine(world, browse, settings):
    url = reverse("design")
    assert Client().get(url).status_code == 200
    settings.OUTBOX_DELIVERY = "smtp"
    for persona in ("coach", "administrator"):
        assert browse(persona).get(url).status_code == 200
    for persona in ("coachee", "sponsor", "disabled", "anonymous"):
        assert browse(persona).get(url).status_code == 404, persona


@pytest.mark.django_db
def test_every_component_stands_on_the_page_that_shows_them():
    from django.template.loader import get_template

    get_template("home/design.html")
    shown = (settings.BASE_DIR / "templates" / "home" / "design.html").read_text()
    drawn_by_others = {
        "facing_text",
        "error_summary",
        "messages",
        "form",
        "keep",
        "post_button",
        "timeline_events",
    }
    for path in (settings.BASE_DIR / "templates" / "components").glob("*.html"):
        assert path.stem in drawn_by_others or f"components/{path.name}" in shown, path.stem


@pytest.mark.django_db
def test_the_components_have_no_id_twice():
    body = Client().get(reverse("design")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert [one for one in set(ids) if ids.count(one) > 1] == []


@pytest.mark.django_db
def test_the_manifest_names_icons_of_the_size_they_are():
    answer = Client().get(reverse("manifest"))
    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["display"], said["start_url"]) == ("standalone", "/")
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        file = settings.BASE_DIR / "static" / "img" / Path(icon["src"]).name
        with Image.open(file) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_nothing_keeps_a_page_on_the_telephone():
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static" / "js").rglob("*.js"))
    for word in ("serviceWorker", "localStorage", "sessionStorage", "indexedDB", "caches."):
        assert word not in scripts, word


@pytest.mark.django_db
def test_every_page_knows_its_manifest_and_its_colours(browse):
    body = browse("anonymous").get(reverse("account_login")).content.decode()
    assert f'<link rel="manifest" href="{reverse("manifest")}">' in body
    assert body.count('name="theme-color"') == 2
    assert "apple-touch-icon" in body


@pytest.mark.django_db
def test_a_chip_beside_a_field_speaks_to_the_person_who_fills_it_in(world, browse):
    url = reverse("coach_refuse", args=[world.mission.ref])
    body = browse("coach").get(url).content.decode()
    assert "Visible par vous et la personne coachée" in body
    assert "Visible par vous, l’organisation et le manager" in body


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["practice_missions", "practice_contracts"])
def test_the_administrators_bar_marks_the_room_of_missions_when_its_contracts_are_read(browse, page):
    nav = browse("administrator").get(reverse(page)).context["chrome"].nav
    assert [room.url for room in nav if room.current] == [reverse("practice_missions")]
