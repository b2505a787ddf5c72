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
    translation: str = ""  # how a translation of the charter is announced

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
        translation="Courtesy translation. It accompanies the French text above, which alone is authoritative.",
    ),
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """Words of an amendment or an adhesion about the contract it leans on."""

    title: Mapping[str, str]
    of: str
    deed: Mapping[str, str]
    identity: str
    replaces: str
    replaces_amended: str
    charter_kept: str
    charter_adopted: str


LEANING: Mapping[str, Leaning] = {
    "fr": Leaning(
        title={"amendment": "Avenant n° {number}", "adhesion": "Adhésion au contrat-cadre"},
        of="au contrat n° {reference}",
        deed={"contract": "contrat", "amendment": "avenant n° {number}", "adhesion": "adhésion"},
        identity="{name}, référence {reference}, scellé le {day}, empreinte SHA-256 {sha256}",
        replaces="L’article {number} du contrat, « {title} », est remplacé par le texte suivant.",
        replaces_amended="L’article {number} du contrat, « {title} », dans sa rédaction issue de l’avenant n° {amendment}, est "
        "remplacé par le texte suivant.",
        charter_kept="La charte déontologique annexée au contrat, version {number}, continue de s’imposer au coach.",
        charter_adopted="Les parties adoptent la version {number} de la charte déontologique, annexée ci-après ; elle prend la "
        "place de la version {held}.",
    ),
    "en": Leaning(
        title={"amendment": "Amendment No. {number}", "adhesion": "Adhesion to the framework contract"},
        of="to contract No. {reference}",
        deed={"contract": "contract", "amendment": "amendment No. {number}", "adhesion": "adhesion"},
        identity="{name}, reference {reference}, sealed on {day}, SHA-256 digest {sha256}",
        replaces="Clause {number} of the contract, “{title}”, is replaced by the following text.",
        replaces_amended="Clause {number} of the contract, “{title}”, as worded by amendment No. {amendment}, is replaced by "
        "the following text.",
        charter_kept="The code of ethics annexed to the contract, version {number}, continues to bind the coach.",
        charter_adopted="The parties adopt version {number} of the code of ethics, annexed below; it takes the place of "
        "version {held}.",
    ),
}
