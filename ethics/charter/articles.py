"""Cutting the charter's text into its articles. Pure."""

from dataclasses import dataclass

# Slugs are the house's names for the articles (gates, evidence, addresses); numbers follow the text.
SLUGS = (
    "formation-transparence",
    "maintien-competences",
    "supervision",
    "confidentialite",
    "respect-personnes",
    "refus",
    "tele-coaching-lieu",
    "demande-formulee",
    "obligation-moyens",
    "protection-personne",
    "responsabilite-decisions",
    "arret-mission",
    "protection-organisations",
    "contrat",
    "restitution",
    "equilibre",
    "reserve",
)


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    number: int
    slug: str
    title: str
    duty: str  # the heading it stands under: towards whom
    body: str


class NotACharter(ValueError):
    """The text does not have the articles the product knows how to keep."""


def parse(markdown: str) -> list[ParsedArticle]:
    """The articles in order: every ``###`` heading with the text below it."""
    articles, duty, title, body = [], "", "", []

    def close():
        if title:
            number = len(articles) + 1
            slug = SLUGS[number - 1] if number <= len(SLUGS) else f"article-{number}"
            articles.append(ParsedArticle(number, slug, title, duty, "\n".join(body).strip()))

    for line in markdown.splitlines():
        if line.startswith("## "):
            close()
            title, body, duty = "", [], line[3:].strip()
        elif line.startswith("### "):
            close()
            title, body = line[4:].strip(), []
        elif title:
            body.append(line)
    close()
    if len(articles) < len(SLUGS):
        raise NotACharter(len(articles))
    return articles
