"""What is made still can be read, and nothing of it can be followed, pressed, sent or named."""

import pytest

from coaching.kernel.still import still

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<a class="btn" href="/x/" id="y">Lire</a>', '<span class="act-seen">Lire</span>'),
        ('<button type="submit" name="go">Envoyer</button>', '<span class="act-seen">Envoyer</span>'),
        ('<form method="post" action="/x/"><input name="t"><button>Non</button></form>', '<span class="act-seen">Non</span>'),
        ("<p onclick='x()' style='color:red' data-x='1' hidden>Un</p>", "<p>Un</p>"),
        ("<script>x()</script><style>p{}</style><svg><title>t</title></svg>", ""),
        ('<section class="panel" aria-labelledby="t" id="s">Un</section>', '<section class="panel">Un</section>'),
        ('<div hx-get="/x/" hx-trigger="load">Un</div>', "<div>Un</div>"),
        ("<iframe src='//x.test'></iframe><object data='x'></object>", ""),
        ('<img src="/x.png" alt="Un">', ""),
        ("<!-- rien -->Un", "Un"),
        ('<a href="javascript:x()">Un</a>', '<span class="act-seen">Un</span>'),
    ],
)  # fmt: skip
def test_nothing_that_acts_comes_out(markup, shown):
    assert still(markup, lowered=0) == shown


@pytest.mark.parametrize(
    ("level", "by", "lower"), [(1, 2, 3), (2, 2, 4), (3, 2, 5), (4, 2, 6), (6, 2, 6), (2, 0, 2)]
)
def test_a_heading_goes_down_in_the_outline_and_keeps_its_look(level, by, lower):
    made = still(f'<h{level} id="t">Un</h{level}>', lowered=by)
    assert made == f'<h{lower} class="h{level}">Un</h{lower}>'


def test_a_heading_with_a_class_of_its_own_keeps_it():
    assert still('<h2 class="who">Un</h2>', lowered=2) == '<h4 class="who">Un</h4>'


@pytest.mark.parametrize("typed", ["&lt;a href=x&gt;", "&lt;h1&gt;", "&amp;lt;b&amp;gt;", "&lt;button &gt;"])
def test_a_text_that_looks_like_markup_stays_a_text(typed):
    assert still(f"<p>{typed}</p>", lowered=2) == f"<p>{typed}</p>"


def test_a_table_keeps_its_roles_and_the_names_of_its_columns():
    table = '<table class="table" role="table"><tbody><tr role="row"><td role="cell" data-label="État">Un</td></tr></tbody></table>'
    assert still(table, lowered=1) == table


def test_an_empty_place_for_acts_is_not_left_behind():
    assert still('<p>Un</p><div class="actions"><form><input></form></div>', lowered=0) == "<p>Un</p>"
