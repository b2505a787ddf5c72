"""The few words a contract's page says of itself, in the contract's own language.

They are part of the document, as the clauses are: not interface messages, which follow the reader and may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the cover, the table of contents, the signature boxes and the annex."""

    reference: str
    version: str
    drawn_up: str
    drawn_up_in: str
    between: str
    contents: str
    page_of: str
    signature: str
    annex: str
    annex_title: str
    annex_intro: str
    published: str
    digest: str
    draft: str

    def dated(self, place: str, day: str) -> str:
        """ "Nancy, le 24 novembre 2026", or the day alone."""
        return self.drawn_up_in.format(place=place, day=day) if place else day


WORDING: Mapping[str, Wording] = {
    "fr": Wording(
        reference="Référence",
        version="version {number}",
        drawn_up="Établi à",
        drawn_up_in="{place}, le {day}",
        between="Entre",
        contents="Sommaire",
        page_of="sur",
        signature="Signature",
        annex="Annexe 1",
        annex_title="La charte déontologique",
        annex_intro="La charte est reproduite ici en entier et mot pour mot. Elle fait partie du contrat.",
        published="Version {number}, publiée le {day}",
        digest="Empreinte SHA-256 du texte",
        draft="PROJET",
    ),
    "en": Wording(
        reference="Reference",
        version="version {number}",
        drawn_up="Drawn up",
        drawn_up_in="{place}, {day}",
        between="Between",
        contents="Contents",
        page_of="of",
        signature="Signature",
        annex="Annex 1",
        annex_title="The code of ethics",
        annex_intro="The charter is given here whole and verbatim, in French, its authoritative language. "
        "It is part of the contract.",
        published="Version {number}, published on {day}",
        digest="SHA-256 digest of the text",
        draft="DRAFT",
    ),
}
