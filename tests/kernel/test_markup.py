"""What people type becomes text and nothing else, and French is spaced as French is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.kernel.markup import (
    ELEMENTS,
    MAX_LENGTH,
    MarkupTooDeep,
    MarkupTooLong,
    MarkupTooWide,
    check,
    plain_text,
    to_html,
    typographic,
)

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="/etc/passwd">x</a>',
    "![x](file:///etc/passwd)",
    "[x](javascript:alert(1))",
    "<https://example.org/>",
    "https://example.org/",
    "<style>@import url(http://example.org/x.css);</style>",
    '<p style="background: url(http://example.org/x)">x</p>',
    '<svg><image xlink:href="http://example.org/x.png"/></svg>',
    '<iframe src="ftp://example.org"></iframe>',
    '<object data="data:text/html,x"></object>',
    "[x]: http://example.org/\n[x]",
    "{{ settings.SECRET_KEY }} {% include 'x' %}",
    "<!-- x --><?xml version='1.0'?><![CDATA[x]]>",
    "`code`\n\n    indented\n\n```\nfenced\n```",
    "&lt;script&gt;&#x3c;script&#62;",
]


def tags_of(markup):
    import re

    return set(re.findall(r"<[^>]*>", markup))


def test_marks_become_their_elements_when_text_is_ordinary():
    made = to_html("Un **mot**, un *autre*.\n\n- a\n- b\n\n> cité\n\n---\n")
    assert made == (
        "<p>Un <strong>mot</strong>, un <em>autre</em>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
        "<blockquote>\n<p>cité</p>\n</blockquote>\n<hr>\n"
    )


def test_table_keeps_cells_and_no_attribute_when_columns_are_aligned():
    made = to_html("| a | b |\n| :-- | --: |\n| 1 | 2 |\n")
    assert tags_of(made) == {
        f"<{slash}{name}>" for name in ("table", "thead", "tbody", "tr", "th", "td") for slash in ("", "/")
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_element_of_a_hostile_text_comes_out_when_rendered(hostile):
    assert tags_of(to_html(hostile)) <= {f"<{slash}{name}>" for name in ELEMENTS for slash in ("", "/")}


@pytest.mark.parametrize("hostile", HOSTILE[:3])
def test_raw_html_is_shown_as_typed_when_rendered(hostile):
    assert plain_text(hostile) == hostile


def test_template_marks_are_shown_as_typed_when_rendered():
    assert plain_text("{{ settings.SECRET_KEY }} {% load x %}") == "{{ settings.SECRET_KEY }} {% load x %}"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab *_#>-+|\n\t1.<>&\"'`~[]()!\\:{}%\x00\u202e", max_size=400))
def test_only_listed_elements_come_out_whatever_is_typed(text):
    try:
        made = to_html(text)
    except (MarkupTooDeep, MarkupTooWide):
        return
    assert tags_of(made) <= {f"<{slash}{name}>" for name in ELEMENTS for slash in ("", "/")}


def test_text_of_the_greatest_length_is_accepted_when_rendered():
    assert to_html("a" * MAX_LENGTH) == f"<p>{'a' * MAX_LENGTH}</p>\n"


def test_text_is_refused_when_one_character_too_long():
    with pytest.raises(MarkupTooLong):
        to_html("a" * (MAX_LENGTH + 1))


def test_text_is_refused_when_two_hundred_thousand_characters():
    with pytest.raises(MarkupTooLong):
        check("- x\n" * 50_000)


@pytest.mark.parametrize(
    "deep",
    [
        ">" * 9,
        "- " * 9 + "x",
        "> - " * 5 + "x",
        "1. " * 9 + "x",
        ">" * MAX_LENGTH,
        "- " * (MAX_LENGTH // 2 - 1) + "x",
        "*a " * 3000 + "a* " * 3000,
    ],
    ids=["quotes", "lists", "both", "numbers", "quotes to the brim", "lists to the brim", "emphasis"],
)
def test_text_is_refused_when_nested_too_deeply(deep):
    with pytest.raises(MarkupTooDeep):
        to_html(deep)


def test_nothing_is_lost_when_nested_as_deeply_as_allowed():
    assert plain_text(">" * 8 + " mot") == "mot"


@pytest.mark.parametrize("rule", ["-" * 80, "*" * 80, "- - -", "=" * 80 + "\ntexte", " " * 60 + "texte"])
def test_long_rules_and_indents_are_accepted_when_pasted(rule):
    check(rule)


def test_table_is_refused_when_too_wide_for_a_page():
    with pytest.raises(MarkupTooWide):
        to_html("|a" * 9 + "|\n" + "|-" * 9 + "|\n")


def test_table_is_accepted_when_of_eight_columns():
    assert to_html("|a" * 8 + "|\n" + "|-" * 8 + "|\n").count("<th>") == 8


def test_refusals_say_why_in_words_when_shown():
    with pytest.raises(MarkupTooLong) as refused:
        check("a" * 11, limit=10)
    assert str(refused.value.message) != ""


def test_headings_start_where_the_page_wants_when_author_starts_higher():
    assert to_html("# A\n\n## B\n\n#### C\n\n###### D") == "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n<h5>D</h5>\n"


def test_plain_text_has_no_entities_when_text_has_ampersands():
    assert plain_text("**R&D** & *co* <x>") == "R&D & co <x>"


def test_controls_disappear_when_typed():
    assert to_html("a\x00b\x1bc\u202ed") == "<p>abcd</p>\n"


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Oui ; non !", "Oui\u202f; non\u202f!"),
        ("Ainsi : 20 % et 40 €", "Ainsi\u00a0: 20\u00a0% et 40\u00a0€"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("«mot»", "«\u00a0mot\u00a0»"),
        ("«&nbsp;mot&nbsp;»", "«\u00a0mot\u00a0»"),
        ("l'élève d'hier", "l’élève d’hier"),
        ("1 200 000 €", "1\u202f200\u202f000\u00a0€"),
        ("article L. 441-10, n° 910/2014", "article\u00a0L.\u00a0441-10, n°\u00a0910/2014"),
        ("30 jours", "30\u00a0jours"),
        ("R&amp;D &lt; 3", "R&amp;D &lt; 3"),
        ("à 10:30", "à 10:30"),
    ],
)
def test_french_is_spaced_when_language_is_french(typed, set_as):
    assert typographic(typed, "fr") == set_as


def test_french_spacing_changes_nothing_when_applied_twice():
    once = typographic("« Oui », dit-il : 20 % ; l'an 1 200 ?", "fr")
    assert typographic(once, "fr") == once


def test_tags_are_untouched_when_text_is_spaced():
    assert typographic("<p>Oui ?</p>", "fr") == "<p>Oui\u202f?</p>"


def test_english_is_untouched_when_language_is_english():
    assert typographic("Who's there ?", "en") == "Who's there ?"
