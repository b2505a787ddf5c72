"""Filling a text: complete, in one pass, and nothing a person typed becomes formatting or a placeholder."""

import html
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from contracts.enums import PlaceholderKind, Section
from contracts.placeholders import (
    PLACEHOLDERS,
    MissingValue,
    bullets,
    escape,
    fill,
    find,
    paragraphs,
    table,
    unknown,
)

INLINE = sorted(name for name, known in PLACEHOLDERS.items() if known.kind != PlaceholderKind.BLOCK)
READER = MarkdownIt("commonmark").enable("table")
HOSTILE = [
    "**x** [[coach.name]]",
    "# Title",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "<script>alert(1)</script>",
    "<https://exemple.test>",
    "[here](https://exemple.test)",
    "![x](file:///etc/passwd)",
    "`code`",
    "~~gone~~",
    "a | b",
    "---",
    "===",
    "&lt;b&gt;",
    "&amp;",
    "x\n\n# y",
    "x  \ny",
    "\\*",
    "\\",
    "[[coach.name]]",
    "[[ [[coach.name]] ]]",
    "{{ settings.SECRET_KEY }}",
    "{% include 'x' %}",
    "\\1 \\g<0>",
    "_a_ *b* __c__",
    "    indented",
    "\u202eevil",
    "a\u200bb",
]
text = st.text(alphabet=string.punctuation + "ab1é \n\t[]", max_size=60)


def shown(markdown):
    """The words a reader sees, tags away."""
    return html.unescape(re.sub(r"<[^>]*>", "", READER.render(markdown))).strip()


def flat(value):
    return " ".join(re.sub(r"[\u200b\u202e]", "", value).split())


def test_find_lists_each_name_once_in_reading_order():
    assert find("[[b]] [[ a ]] [[b]] [[]] [not] [[x\ny]]") == ["b", "a", "", "x\ny"]


def test_find_gives_nothing_when_brackets_are_not_closed():
    assert find("[[coach.name] and coach.name]] and [ [coach.name] ]") == []


def test_unknown_lists_what_is_not_in_the_closed_list():
    assert unknown("[[coach.name]] [[coach.nom]] [[]] [[COACH.NAME]]") == ["coach.nom", "", "COACH.NAME"]


def test_fill_replaces_every_use_and_accepts_spaces_inside():
    assert fill("[[coach.name]], [[ coach.name ]]", {"coach.name": "Ana"}) == "Ana, Ana"


def test_fill_names_everything_that_is_missing():
    with pytest.raises(MissingValue) as error:
        fill(
            "[[coach.name]] [[practice.name]] [[fees.total]] [[nope]]", {"practice.name": "Cap", "nope": "x"}
        )
    assert error.value.names == ("coach.name", "fees.total", "nope")


@pytest.mark.parametrize("blank", ["", "  ", "\n", "\u200b", None])
def test_fill_refuses_a_blank_value(blank):
    with pytest.raises(MissingValue) as error:
        fill("[[coach.name]]", {"coach.name": blank})
    assert error.value.names == ("coach.name",)


def test_fill_ignores_values_the_text_does_not_ask_for():
    assert fill("Nothing.", {"coach.name": "Ana"}) == "Nothing."


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_shown_as_it_was_typed(value):
    filled = fill("Chez [[organisation.name]], ici.", {"organisation.name": value, "coach.name": "Ana"})
    assert shown(filled) == f"Chez {flat(value)}, ici."
    assert READER.render(filled).count("<") == 2


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_opens_no_block_when_it_begins_the_line(value):
    html_shown = READER.render(fill("[[organisation.name]]", {"organisation.name": value}))
    assert html_shown.startswith("<p>") and html_shown.count("<") == 2


def test_a_value_never_becomes_a_placeholder():
    filled = fill("[[organisation.name]]", {"organisation.name": "**x** [[coach.name]]", "coach.name": "Ana"})
    assert filled == r"\*\*x\*\* \[\[coach.name\]\]"
    assert find(filled) == []


def test_a_block_keeps_its_markdown_and_is_read_once():
    block = "- **one**\n- [[coach.name]]"
    assert fill("[[objectives.list]]", {"objectives.list": block, "coach.name": "Ana"}) == block


def test_bullets_hold_hostile_items_in_place():
    rendered = READER.render(bullets(HOSTILE))
    assert (rendered.count("<li>"), rendered.count("<") == 2 + 2 * len(HOSTILE)) == (len(HOSTILE), True)
    assert find(bullets(HOSTILE)) == []


def test_a_table_holds_hostile_cells_in_place():
    rendered = READER.render(table(["a", "b"], [[value, "ok"] for value in HOSTILE]))
    assert rendered.count("<td>ok</td>") == len(HOSTILE)
    assert find(table(["[[coach.name]]"], [["[[coach.name]]"]])) == []


def test_paragraphs_are_kept_and_inert():
    assert READER.render(paragraphs("One *a*\nb\n\n\n# Two\r\n\r\n[[coach.name]]")) == (
        "<p>One *a*<br />\nb</p>\n<p># Two</p>\n<p>[[coach.name]]</p>\n"
    )


def test_every_placeholder_belongs_to_a_named_group_and_known_sections():
    groups = {name.split(".")[0] for name in PLACEHOLDERS}
    assert groups == {
        *("contract", "parties", "organisation", "coachee", "coachees", "coach", "practice", "requests"),
        *(
            "objectives",
            "terms",
            "fees",
            "restitution",
            "retention",
            "recourse",
            "mediator",
            "withdrawal",
            "charter",
        ),
    }
    assert all(known.sections <= set(Section) and str(known.label) for known in PLACEHOLDERS.values())


def test_every_placeholder_has_its_own_label():
    assert len({str(known.label) for known in PLACEHOLDERS.values()}) == len(PLACEHOLDERS)


@given(text)
def test_an_escaped_value_always_reads_as_typed(value):
    assert shown(f"x {escape(value)} x").split() == f"x {value} x".split()


@given(text)
def test_an_escaped_value_never_holds_a_placeholder(value):
    assert find(escape(value)) == []


@given(st.lists(st.one_of(st.sampled_from(INLINE).map("[[{}]]".format), text.map(escape)), max_size=8), text)
def test_fill_leaves_no_placeholder_and_keeps_the_rest(parts, value):
    markdown = " ".join(parts)
    filled = fill(markdown, dict.fromkeys(PLACEHOLDERS, f"a{value}"))
    assert find(filled) == []
    assert filled == " ".join(
        escape(f"a{value}") if part in map("[[{}]]".format, INLINE) else part for part in parts
    )


@given(text)
def test_find_and_fill_agree_on_what_a_text_asks_for(markdown):
    try:
        filled = fill(markdown, {})
    except MissingValue as error:
        assert list(error.names) == find(markdown)
    else:
        assert (filled, find(markdown)) == (markdown, [])
