"""The link of a letter to sign: what its holder sees is the document it is for, and nothing else of the house."""

import html
import re
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from contracts.links import token_of
from contracts.models import Signatory
from tests.rules.addresses import ADDRESSES, access_of, product_patterns
from tests.rules.test_canaries import LINK, _found, _text

PATTERNS = dict(product_patterns())
OWN = ("signing", "signing_pdf", "signing_give", "signing_decline")
PORTALS = [name for name, pattern in PATTERNS.items() if access_of(pattern)[1] is not None]
pytestmark = pytest.mark.django_db


def _reached(browser) -> dict[str, str]:
    """Every page the holder of a link comes to from their own, by following links."""
    todo, pages = [reverse(name) for name in OWN], {}
    while todo:
        url = todo.pop()
        if url in pages or not url.startswith("/") or url.startswith(("/static/", "/mailbox/", "/accounts/")):
            continue
        answer = browser.get(url)
        assert answer.status_code < 400, url
        pages[url] = _text(answer)
        if answer.get("Content-Type", "").startswith("text/html"):
            todo += [urljoin(url, link) for link in LINK.findall(html.unescape(answer.content.decode()))]
    return pages


def test_a_link_shows_the_document_it_is_for_and_no_other_word(world, browse):
    signing = world.signed.out
    said = f"{signing.version.document.snapshot} {signing.message} {world.practice.name} {world.signed.holder.email}"
    named = set(_found(world, said))
    public = {word for word, (_path, personas) in world.canaries.items() if "anonymous" in personas}
    seen = set()
    for url, text in _reached(browse("holder")).items():
        stray = {f"{word} {world.canaries[word][0]}" for word in _found(world, text) - named - public}
        assert stray == set(), url
        seen |= _found(world, text)
    assert set(_found(world, signing.message)) <= seen
    assert len(seen & named) > 10


def test_a_link_opens_no_portal(world, browse):
    for name in PORTALS:
        answer = browse("holder").get(reverse(name, kwargs=ADDRESSES[name].own(world)))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("account_login")), name


def test_a_mail_scanner_opens_a_link_twenty_times_and_nothing_changes(world, client, fingerprint):
    before = fingerprint()
    for _time in range(20):
        answer = client.get(reverse("signing_link", args=[token_of(world.signed.holder)]), follow=True)
        assert answer.status_code == 200
        for page in ("signing_pdf", "signing_give", "signing_decline"):
            assert client.get(reverse(page)).status_code == 200
    assert fingerprint() == before
    assert "Zoé L’Hérault" in html.unescape(answer.content.decode())


def test_the_page_of_a_link_is_in_the_language_of_its_signatory(world, browse):
    answer = browse("holder").get(reverse("signing"))
    assert '<html lang="en"' in answer.content.decode()
    assert "go on to sign" in answer.content.decode()


def test_a_link_leaves_its_token_in_no_address(world, client):
    token = token_of(world.signed.holder)
    answer = client.get(reverse("signing_link", args=[token]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("signing"))
    assert token not in client.get(reverse("signing")).content.decode()
    assert answer.cookies["signatory"]["httponly"]
    assert not Signatory.unscoped.filter(token_hash=token).exists()


@pytest.mark.parametrize("token", ["never-made", "é", "x" * 300, "%00"])
def test_a_link_that_is_not_ours_says_so_and_opens_nothing(world, client, token):
    answer = client.get(f"/sign/{token}/", follow=True)
    assert answer.status_code == 410
    assert not re.search(r"iku\d", answer.content.decode())
