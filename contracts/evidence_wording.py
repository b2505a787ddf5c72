"""The words of annex 2, in the contract's own language: part of the document, not messages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceWording:
    annex: str
    title: str
    intro: str
    page: str
    of: str
    moment: str
    document: str
    document_title: str
    reference: str
    version: str
    pages: str
    digest: str
    digest_note: str
    procedure: str
    created: str
    sent: str
    completed: str
    expires: str
    no_expiry: str
    order: str
    set_order: str
    any_order: str
    signatures: str
    signatory: str
    signed_as: str
    organisation: str
    address: str
    access: str
    channel: str
    displayed: str
    signed: str
    consent: str
    typed: str
    ip: str
    browser: str
    unknown: str
    event: str
    event_text: str
    record: str
    practice: str
    chain: str
    charter: str
    charter_text: str
    level: str
    level_text: str
    files: str
    files_text: str
    file_names: Mapping[str, str]
    checking: str
    checking_text: str
    seal_label: str
    seal_reason: str
    accesses: Mapping[str, str]
    channels: Mapping[str, str]
    consumer: str
    received: str
    statement: str
    information: str
    early_start: str
    no_early_start: str


EVIDENCE_WORDING: Mapping[str, EvidenceWording] = {
    "fr": EvidenceWording(
        annex="Annexe 2",
        title="La preuve des signatures",
        intro="Cette annexe a été ajoutée au scellement, une fois toutes les signatures recueillies. Les {pages} pages qui "
        "précèdent sont celles que chaque partie a lues et signées, sans un mot de changé.",
        page="Annexe 2, page",
        of="sur",
        moment="{day} à {time} (UTC)",
        document="Le document signé",
        document_title="Titre",
        reference="Référence",
        version="version {number}",
        pages="Pages",
        digest="Empreinte SHA-256",
        digest_note="Le fichier signé lui-même est joint à ce document : chacun peut en recalculer l’empreinte.",
        procedure="Le déroulement",
        created="Version établie le",
        sent="Envoyée à la signature le",
        completed="Dernière signature le",
        expires="Signature possible jusqu’au",
        no_expiry="sans échéance",
        order="Ordre des signatures",
        set_order="ordre fixé d’avance",
        any_order="chaque partie quand elle le souhaitait",
        signatures="Les signatures",
        signatory="Nom",
        signed_as="Qualité",
        organisation="Organisation",
        address="Adresse électronique",
        access="Accès au document",
        channel="Signature confirmée par",
        displayed="Document affiché le",
        signed="Signé le",
        consent="Consentement exprimé",
        typed="Nom saisi pour signer",
        ip="Adresse IP",
        browser="Navigateur",
        unknown="non communiqué",
        event="Journal",
        event_text="événement nº {number}, empreinte",
        record="Le journal et la charte",
        practice="Cabinet",
        chain="Journal du cabinet",
        charter="Charte annexée",
        charter_text="{title}, version {number}, publiée le {day}",
        level="Ce que vaut cette signature",
        level_text="Ces signatures sont des signatures électroniques simples au sens du règlement (UE) nº 910/2014 (eIDAS). "
        "Elles ne sont ni avancées ni qualifiées. Leur effet juridique et leur recevabilité comme preuve ne peuvent être "
        "refusés au seul motif qu’elles se présentent sous une forme électronique (article 25 du règlement) ; "
        "les articles 1366 et 1367 du code civil s’appliquent. Leur force tient aux éléments réunis ici et au sceau "
        "électronique du cabinet, qui rend visible toute modification du fichier.",
        files="Les fichiers joints à ce document",
        files_text="Ils s’ouvrent depuis le volet des pièces jointes d’un lecteur de PDF.",
        file_names={
            "evidence.json": "les éléments de cette annexe, lisibles par une machine",
            "charter.md": "le texte de la charte, mot pour mot",
            "signed.pdf": "le fichier exact que chaque partie a signé",
        },
        checking="Vérifier ce document",
        checking_text="Déposez ce fichier sur la page « Vérifier un document » du service où il a été signé : elle dit "
        "s’il est exactement celui qui a été scellé et si le sceau tient. Tout lecteur de PDF qui connaît les "
        "signatures PAdES contrôle aussi le sceau ; le certificat du cabinet étant le sien propre, c’est au cabinet d’en "
        "confirmer l’empreinte.",
        seal_label="Sceau électronique de {practice}",
        seal_reason="Contrat signé par toutes les parties",
        accesses={
            "account": "compte personnel, protégé par mot de passe",
            "account_2fa": "compte personnel, avec un second facteur",
            "link": "lien personnel envoyé à l’adresse ci-dessus",
        },
        channels={
            "email": "un code à usage unique envoyé à l’adresse ci-dessus",
            "totp": "un code de l’application d’authentification de la personne",
            "passkey": "la clé d’accès de la personne",
            "recovery": "un code de secours de la personne",
        },
        consumer="Les informations dues au consommateur",
        received="Informations précontractuelles reçues le",
        statement="Déclaration",
        information="Empreinte SHA-256 de ces informations",
        early_start="Demande expresse de commencer avant la fin du délai",
        no_early_start="non demandée au moment de la signature",
    ),
    "en": EvidenceWording(
        annex="Annex 2",
        title="Evidence of signature",
        intro="This annex was added when the contract was sealed, once every signature had been given. The {pages} pages "
        "before it are those that each party read and signed, without a word changed.",
        page="Annex 2, page",
        of="of",
        moment="{day} at {time} (UTC)",
        document="The document signed",
        document_title="Title",
        reference="Reference",
        version="version {number}",
        pages="Pages",
        digest="SHA-256 digest",
        digest_note="The very file that was signed is attached to this document: anyone can compute its digest again.",
        procedure="The procedure",
        created="Version drawn up on",
        sent="Sent for signature on",
        completed="Last signature on",
        expires="Open for signature until",
        no_expiry="no time limit",
        order="Order of signatures",
        set_order="in an order set beforehand",
        any_order="each party when they wished",
        signatures="The signatures",
        signatory="Name",
        signed_as="Role",
        organisation="Organisation",
        address="E-mail address",
        access="Access to the document",
        channel="Signature confirmed by",
        displayed="Document displayed on",
        signed="Signed on",
        consent="Consent expressed",
        typed="Name typed to sign",
        ip="IP address",
        browser="Browser",
        unknown="not disclosed",
        event="Journal",
        event_text="event no. {number}, digest",
        record="The journal and the charter",
        practice="Practice",
        chain="The practice’s journal",
        charter="Charter annexed",
        charter_text="{title}, version {number}, published on {day}",
        level="What these signatures are worth",
        level_text="These are simple electronic signatures within the meaning of Regulation (EU) No 910/2014 (eIDAS). They "
        "are neither advanced nor qualified. They may not be denied legal effect or admissibility as evidence solely because "
        "they are in electronic form (article 25 of the Regulation); articles 1366 and 1367 of the French Civil Code "
        "apply. Their strength lies in the elements gathered here and in the practice’s electronic seal, which makes any "
        "change to the file visible.",
        files="The files attached to this document",
        files_text="They open from the attachments pane of a PDF reader.",
        file_names={
            "evidence.json": "what this annex says, readable by a machine",
            "charter.md": "the text of the charter, verbatim",
            "signed.pdf": "the very file that each party signed",
        },
        checking="Checking this document",
        checking_text="Drop this file on the “Verify a document” page of the service where it was signed: it says whether it "
        "is exactly the file that was sealed and whether the seal holds. Any PDF reader that knows PAdES "
        "signatures checks the seal too; the practice’s certificate being its own, it is for the practice to confirm "
        "its fingerprint.",
        seal_label="Electronic seal of {practice}",
        seal_reason="Contract signed by every party",
        accesses={
            "account": "personal account, protected by a password",
            "account_2fa": "personal account, with a second factor",
            "link": "personal link sent to the address above",
        },
        channels={
            "email": "a single-use code sent to the address above",
            "totp": "a code from the person’s authenticator application",
            "passkey": "the person’s passkey",
            "recovery": "one of the person’s recovery codes",
        },
        consumer="The information due to the consumer",
        received="Pre-contract information received on",
        statement="Statement",
        information="SHA-256 digest of this information",
        early_start="Express request to begin before the period is over",
        no_early_start="not asked for at the time of signing",
    ),
}
