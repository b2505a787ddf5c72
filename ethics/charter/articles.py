"""Cutting the charter's text into its articles. Pure."""

from dataclasses import dataclass

# Slugs are the house's names for the articles (gates, evidence, addresses), in the order of the bundled text. Which article
# of another text rests on which of them is proposed by :mod:`.mapping` and confirmed by the practice's administrator.
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
    title: str
    duty: str  # the heading it stands under: towards whom
    body: str


class NotACharter(ValueError):
    """The text has no article at all."""


def parse(markdown: str) -> list[ParsedArticle]:
    """The articles in order: every ``###`` heading with the text below it."""
    articles, duty, title, body = [], "", "", []

    def close():
        if title:
            articles.append(ParsedArticle(len(articles) + 1, title, duty, "\n".join(body).strip()))

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
    if not articles:
        raise NotACharter
    return articles
