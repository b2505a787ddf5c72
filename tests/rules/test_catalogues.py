"""The French catalogue holds every message of the product, whole and well set; the English ones are the messages."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import ngettext, override

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%|\[\[|</?\w+")
SAME = {
    "Pause","Invitations", "Coach", "Organisation", "Administration", "Missions", "Clients", "Articles", "Article", "Culture", "Restitution", "Restitutions",
        "Supervision", "Supervisions", "%(hours)d h", "%(hours)d h %(minutes)02d", "%(minutes)s min", "Date", "Clauses", "Journal", "Manager", "manager", "Mission", "Parties", "Pages", "Usages",
        "coach", "organisation", "Charte", "Bloc", "Invitation", "Version %(n)s", "Version %(n)s, %(day)s", "Stages",
        "Organisations", "Excel", "Contact", "Pro bono", "Signature", "Client", "%(n)s min", "%(n)s page", "%(n)s pages", "%(pages)s page", "%(pages)s pages",
        "Signatures", "version %(n)s", "Notes", "Clause", "Document", "Message", "Page", "Pauses", "SHA-256", "SIRET", "Version", "Volume", "public (C0)",
        "%(n)d pause", "%(n)d pauses", "%(n)s mission", "%(n)s missions", "Mission %(ref)s"}  # fmt: skip


def _catalogue(language):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as messages:
        return {_key(m): m for m in read_po(messages, locale=language) if m.id}


def _key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def _pairs():
    for key, message in _catalogue("fr").items():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.id, tuple) else (message.string,)
        yield from ((key, i, s) for i, s in zip(ids, said, strict=True))


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """Every message of the code and the templates, gathered anew from a copy."""
    scratch = tmp_path_factory.mktemp("copy")
    (scratch / "locale").mkdir()
    for part in ("coaching", "contracts", "ethics", "templates"):
        shutil.copytree(
            settings.BASE_DIR / part, scratch / part, ignore=shutil.ignore_patterns("*.ttf", "*.pyc")
        )
    command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "-e", "html,txt,py", "-v", "0"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=scratch, env=environment, check=True)
    with (scratch / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as messages:
        return {_key(m) for m in read_po(messages, locale="fr") if m.id}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_message_of_the_product_stands_in_the_catalogue(gathered, language):
    assert gathered - set(_catalogue(language)) == set()
    assert set(_catalogue(language)) - gathered == set(), "no longer said anywhere"


def test_no_french_message_is_empty_or_doubtful():
    assert [key for key, _i, said in _pairs() if not said] == []
    assert [key for key, message in _catalogue("fr").items() if message.fuzzy] == []


def test_an_english_message_is_its_own_text():
    assert [
        key for key, m in _catalogue("en").items() if m.string and "".join(m.string) and m.string != m.id
    ] == []


def test_placeholders_and_tags_are_those_of_the_message():
    for _, i, said in _pairs():
        assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(i)), i


def test_french_is_set_as_french():
    for _, i, said in _pairs():
        assert "'" not in said and '"' not in said, i
        assert not re.search(r"[^\u202f\u00a0][;!?](?!\w)", said), i
        assert not re.search(r"[^\u00a0\s\d\[/]:(?![/\w])", said), i
        assert not re.search(r"«[^\u00a0]|[^\u00a0]»", said), i


def test_a_message_left_in_english_is_told_apart_from_one_that_is_the_same():
    assert {i for _k, i, said in _pairs() if i == said} - SAME == set()


def test_a_translating_function_keeps_a_name_the_gatherer_knows():
    strange = {}
    for room in ("coaching", "contracts", "ethics"):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            aliases = set(re.findall(r"\bn?p?gettext\w* as (\w+)", path.read_text())) - {"_"}
            if aliases:
                strange[path.name] = aliases
    assert strange == {}, "what is said through another name is in no catalogue"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_sign_in_library_says_keeps_its_placeholders_in_our_words(language):
    path = settings.BASE_DIR / "coaching/accounts/signin/locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as messages:
        ours = [m for m in read_po(messages, locale=language) if m.id]
    assert ours
    for message in ours:
        for one, said in zip(_all(message.id), _all(message.string), strict=True):
            assert set(PLACEHOLDER.findall(said)) <= set(PLACEHOLDER.findall(one)), one
            assert language != "fr" or not re.search(r"\w'\w|[^\s\u00a0\u202f][;?!](?:\s|$)", said), said


def _all(words):
    return words if isinstance(words, tuple) else (words,)


def test_our_english_words_are_read_where_the_product_leaves_a_plural_to_them():
    codes = "%(unused_count)s out of %(total_count)s recovery codes available."
    with override("en"):
        said = [ngettext(f"There is {codes}", f"There are {codes}", count) for count in (1, 10)]
    assert [words.endswith("still to use.") for words in said] == [True, True]
