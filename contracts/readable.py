"""A clause as lines of plain words, from the very HTML that is shown: what two versions are compared by. Pure."""

from html.parser import HTMLParser

from .rendering import clause_html

ENDS_LINE = {"p", "li", "h3", "h4", "h5", "tr", "blockquote", "hr", "br"}
LISTS = ("ul", "ol")
BETWEEN_CELLS = " · "
BULLET = "• "


class _Lines(HTMLParser):
    """Collects one line per paragraph, item, heading or row of a table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words = ""
        self.mark = ""  # of the item that begins, until its first words come
        self.lists: list[int | None] = []  # the number of the last item; None in a list of points

    def handle_starttag(self, tag, attrs):
        if tag in ENDS_LINE or tag in LISTS:
            self._end()
        if tag in LISTS:
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.mark = self._next_mark()
        elif tag in ("td", "th") and self.words.strip():
            self.words = self.words.rstrip() + BETWEEN_CELLS

    def handle_endtag(self, tag):
        if tag in ENDS_LINE:
            self._end()
        if tag in LISTS and self.lists:
            self.lists.pop()

    def handle_data(self, data):
        self.words += data

    def close(self):
        super().close()
        self._end()

    def _next_mark(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return BULLET
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def _end(self) -> None:
        # Lines of the source are not lines of the text; no-break spaces are kept as they are shown.
        words = " ".join(word for word in self.words.replace("\n", " ").split(" ") if word)
        if words:
            self.lines.append(self.mark + words)
            self.mark = ""
        self.words = ""


def readable(markdown: str, language: str) -> str:
    """The words of ``markdown`` as they are shown, a line for each paragraph, item or row; each line is ended."""
    reader = _Lines()
    reader.feed(clause_html(markdown, language))
    reader.close()
    return "".join(f"{line}\n" for line in reader.lines)
