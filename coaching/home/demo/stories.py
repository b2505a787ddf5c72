"""What the eleven missions of the demo are about. Invented people and organisations; no story of anybody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from . import cast
from .cast import Player
from .clients import HOSPITAL, NORTHBRIDGE, VERRIER


@dataclass(frozen=True, slots=True)
class Coachee:
    player: Player
    job: str = ""
    address: str = ""
    request: str = ""
    wording: str = ""
    own_objective: str = ""
    scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    validation: str = ""
    arrived: bool = True  # False: the invitation has left, they have not come yet


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says of the version sent, and what the coach answers, if they have."""

    version: int
    player: Player
    section: str  # blank: of the whole contract
    text: str
    kind: str = "comment"
    audience: str = "coach"
    outcome: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    coach: Player
    coachees: tuple[Coachee, ...]
    kind: str = "individual"
    payer: str = "organisation"
    organisation: str | None = None
    language: str = "fr"
    sponsor: Player | None = None
    manager: Player | None = None
    organisation_request: str = ""
    objectives: tuple[Mapping[str, str], ...] = ()
    declared: bool = False
    opened: bool = False
    refusal: Mapping[str, str] | None = None
    terms: Mapping | None = None
    versions: int = 0
    reworded: str = ""
    signing: str = ""  # "out": some have signed; "sealed": all have, and the mission has begun
    amendment: Mapping | None = None  # what a later amendment, signed by all, changes: purpose and conditions
    adhesions: tuple[str, ...] = ()  # of a team's coachees, in order: how far each has come
    remarks: tuple[Remark, ...] = ()
    fine: tuple[Player, ...] = ()  # with the version last sent


def _terms(fee: str, schedule: str, **more) -> dict:
    return {
        "sessions_count": 8,
        "session_minutes": 90,
        "rhythm": "toutes les trois semaines",
        "starts_on": date(2027, 1, 11),
        "ends_on": date(2027, 7, 9),
        "places": "cabinet du coach, 14 rue des Tilleuls à Nancy",
        "media": ["on_site", "video"],
        "between_sessions": "un message écrit au plus par semaine, réponse sous deux jours ouvrés",
        "fee_total": Decimal(fee),
        "fee_schedule": schedule,
        **more,
    }


SUCCESSION = Story(
    title="Prise de poste à la direction industrielle",
    coach=cast.COACH,
    organisation=VERRIER,
    sponsor=cast.SPONSOR,
    manager=cast.MANAGER,
    organisation_request=(
        "Inès Carpentier prend la direction industrielle en janvier, avec un nouveau four à mettre en service.\n\n"
        "Nous souhaitons qu’elle dispose d’un espace à elle pour :\n\n"
        "- passer d’un rôle d’experte à un rôle de direction,\n"
        "- installer son autorité auprès de trois chefs d’équipe plus anciens qu’elle,\n"
        "- garder du temps pour préparer le démarrage du four."
    ),
    coachees=(
        Coachee(
            player=cast.COACHEE,
            job="directrice industrielle",
            request=(
                "Je viens de la technique et je passe mes journées à répondre à des questions auxquelles "
                "d’autres pourraient répondre. Le soir je refais le travail de mon adjoint, et je dors mal.\n\n"
                "Je voudrais apprendre à confier pour de bon, et oser dire non au comité de direction sans "
                "avoir l’impression de trahir l’atelier d’où je viens."
            ),
            wording="Apprendre à déléguer pour de bon, et trouver ma place au comité de direction.",
            own_objective="Retrouver des soirées sans ordinateur",
            scope={
                "sponsor": ("attendance", "common_objectives", "next_steps"),
                "manager": ("attendance",),
            },
            validation=(
                "Cette demande est celle d’Inès, dans ses mots ; elle relève d’un coaching et rejoint la demande "
                "de l’entreprise sans s’y confondre."
            ),
        ),
    ),
    objectives=(
        {
            "tag": "common",
            "title": "Déléguer la conduite des équipes aux trois chefs d’équipe",
            "indicator": "arbitrages remontés à la direction chaque semaine",
            "baseline": "une quinzaine",
            "target": "cinq au plus",
        },
        {
            "tag": "organisation",
            "title": "Préparer la mise en service du nouveau four",
            "indicator": "plan de démarrage présenté au comité de direction",
            "baseline": "ébauche",
            "target": "plan discuté en avril",
        },
    ),
    declared=True,
    opened=True,
    terms=_terms("3600", "1 800 € à la signature\n1 800 € à la fin de la mission"),
    versions=2,
    reworded="La quatrième séance est précédée d’un point d’étape, auquel la personne coachée choisit qui elle invite.",
    remarks=(
        Remark(
            version=1,
            player=cast.COACHEE,
            section="conditions",
            text="Un point d’étape à mi-parcours serait bienvenu, et j’aimerais choisir qui y vient.",
            kind="change",
            audience="table",
            outcome="accepted",
            answer="C’est une bonne idée. Il sera écrit dans la prochaine version, et le choix vous revient.",
        ),
        Remark(
            version=1,
            player=cast.SPONSOR,
            section="fees",
            text="Pourriez-vous faire figurer notre numéro de bon de commande sur la première facture ?",
            outcome="explained",
            answer="Oui, sur la facture. Le contrat, lui, n’a pas besoin de le porter.",
        ),
        Remark(
            version=2,
            player=cast.COACHEE,
            section="cancellation",
            text=(
                "Quand une ligne s’arrête, je ne peux pas prévenir quarante-huit heures avant. Peut-on prévoir "
                "le cas sans que la séance soit perdue ?"
            ),
            kind="change",
        ),
        Remark(
            version=2,
            player=cast.MANAGER,
            section="conditions",
            text="Le vendredi après-midi est le moment le plus calme à l’usine.",
            audience="table",
        ),
    ),
    fine=(cast.SPONSOR,),
)

DRAFTED = Story(
    title="Transmettre un métier avant la retraite",
    coach=cast.COACH,
    organisation=VERRIER,
    sponsor=cast.SPONSOR,
    organisation_request=(
        "Marc Delorme quitte l’entreprise dans dix-huit mois. Nous voudrions que son savoir-faire reste, et que "
        "ces derniers mois lui conviennent aussi."
    ),
    coachees=(
        Coachee(
            player=cast.MARC,
            job="maître verrier",
            request=(
                "On me demande de transmettre en dix-huit mois ce que j’ai mis trente ans à apprendre. Je ne sais "
                "pas par où commencer, et je n’ai pas envie qu’on m’oublie avant que je sois parti."
            ),
            wording="Choisir ce que je transmets, à qui, et comment je pars.",
            scope={"sponsor": ("attendance", "common_objectives")},
            validation="Marc formule une demande qui est la sienne ; le rythme sera le sien aussi.",
        ),
    ),
    objectives=(
        {
            "tag": "common",
            "title": "Décider de ce qui se transmet, et à qui",
            "indicator": "gestes décrits avec deux verriers choisis",
            "baseline": "aucun",
            "target": "les dix gestes qui comptent",
        },
    ),
    declared=True,
    opened=True,
    terms=_terms("2400", "2 400 € à la fin de la mission", sessions_count=6, between_sessions=""),
)

INVITED = Story(
    title="Reprendre souffle après la fusion des unités",
    coach=cast.COACH,
    organisation=HOSPITAL,
    sponsor=cast.JEANNE,
    coachees=(Coachee(player=cast.THEO, job="cadre de santé", arrived=False),),
)

WAITING = Story(
    title="Préparer une prise de parole devant le conseil",
    coach=cast.COACH,
    organisation=VERRIER,
    sponsor=cast.SPONSOR,
    manager=cast.MANAGER,
    organisation_request="Pauline Roy présentera le bilan carbone au conseil en mars. Nous souhaitons l’y aider.",
    coachees=(
        Coachee(
            player=cast.PAULINE,
            job="responsable environnement",
            request=(
                "Quand je parle devant plus de dix personnes, ma voix tremble et je lis mes notes. Je voudrais "
                "parler du sujet qui me tient à cœur comme j’en parle à ma table."
            ),
        ),
    ),
    objectives=({"tag": "common", "title": "Présenter le bilan carbone sans lire ses notes"},),
    declared=True,
)

TEAM = Story(
    title="Devenir une équipe d’encadrement",
    coach=cast.COACH,
    kind="team",
    organisation=HOSPITAL,
    sponsor=cast.JEANNE,
    organisation_request=(
        "Deux unités ont fusionné en septembre. Les trois cadres se connaissent à peine et se partagent "
        "soixante soignants. Nous voudrions qu’ils décident ensemble de leurs règles de travail."
    ),
    coachees=(
        Coachee(
            player=cast.AWA,
            job="cadre de santé",
            request="Je voudrais que nous cessions de décider chacune dans son coin, puis de nous contredire.",
            wording="Décider à trois.",
            scope={"sponsor": ("attendance", "organisation")},
            validation="Demande claire, propre à Awa, et qui concerne bien l’équipe.",
        ),
        Coachee(
            player=cast.LUC,
            job="cadre de santé",
            request="J’ai perdu mon unité dans la fusion. J’ai besoin de comprendre ce qu’on attend de moi ici.",
            scope={"sponsor": ("attendance",)},
            validation="Luc demande pour lui-même ; il garde sa formulation entre nous, et c’est son droit.",
        ),
        Coachee(
            player=cast.FATIMA,
            job="cadre supérieure de santé",
            request="J’aimerais savoir écouter mes deux collègues avant de trancher.",
            wording="Écouter avant de trancher.",
            scope={"sponsor": ("attendance", "organisation")},
            validation="Demande personnelle, cohérente avec celle de l’équipe.",
        ),
    ),
    objectives=(
        {
            "tag": "common",
            "title": "Écrire et tenir les règles de décision de l’équipe d’encadrement",
            "indicator": "décisions prises à trois et tenues un mois",
            "baseline": "aucune règle écrite",
            "target": "neuf sur dix",
        },
    ),
    declared=True,
    opened=True,
    terms=_terms(
        "5200",
        "2 600 € à la signature\n2 600 € en juin 2027",
        sessions_count=6,
        session_minutes=180,
        rhythm="une fois par mois",
        places="salle Marie-Curie, hôpital Saint-Aubin à Toul",
        media=["on_site"],
    ),
    versions=1,
    signing="sealed",
    adhesions=("sealed", "signing", "draft"),
)

PRIVATE = Story(
    title="Choisir la suite de ma carrière",
    coach=cast.COLLEAGUE,
    payer="coachee",
    coachees=(
        Coachee(
            player=cast.SPONSOR,
            job="directrice des ressources humaines",
            address="27 rue du Moulin\n54000 Nancy",
            request=(
                "J’accompagne les carrières des autres depuis quinze ans et je n’ai jamais posé la question pour "
                "moi. Je veux décider, avant l’été, si je reste ou si je m’installe à mon compte."
            ),
            own_objective="Prendre une décision que je puisse expliquer à mes proches",
            validation="La demande de Sofia est la sienne, et elle en choisira seule l’issue.",
        ),
    ),
    declared=True,
    opened=True,
    terms=_terms(
        "1200",
        "150 € à l’issue de chaque séance",
        places="par appel vidéo, chacun depuis un lieu où il est seul",
        media=["video"],
        is_consumer=True,
        at_distance=True,
    ),
    versions=1,
    signing="out",
)

CONSUMER = Story(
    title="Reprendre confiance après une année difficile",
    coach=cast.COACH,
    payer="coachee",
    coachees=(
        Coachee(
            player=cast.CLAIRE,
            job="architecte d’intérieur",
            address="8 quai Choiseul\n54000 Nancy",
            request=(
                "J’ai passé un an à dire oui à tout le monde. Je voudrais reprendre confiance dans mes choix, un par un, "
                "et savoir ce que je veux faire de mes journées."
            ),
            own_objective="Choisir seule, sans demander l’avis de trois personnes",
            validation="La demande de Claire est la sienne, et un coaching y répond.",
        ),
    ),
    declared=True,
    opened=True,
    terms=_terms(
        "900",
        "150 € à l’issue de chaque séance",
        sessions_count=6,
        places="par appel vidéo, chacune depuis un lieu où elle est seule",
        media=["video"],
        is_consumer=True,
        at_distance=True,
    ),
    versions=1,
    signing="sealed",
)

ENGLISH = Story(
    title="From lead engineer to head of the Paris team",
    coach=cast.COACH,
    language="en",
    organisation=NORTHBRIDGE,
    sponsor=cast.GRACE,
    organisation_request=(
        "Daniel takes over the Paris team in January. We would like him to find his own way of leading people "
        "who were his peers, and to keep the team’s habit of open disagreement."
    ),
    coachees=(
        Coachee(
            player=cast.DANIEL,
            job="lead engineer",
            request=(
                "I like solving problems, and now I am supposed to let others solve them. I want to stop reviewing "
                "every change, and learn to say what I expect without writing three pages."
            ),
            wording="Leading former peers, and letting go of the code.",
            scope={"sponsor": ("attendance", "common_objectives", "means")},
            validation="This request is Daniel’s own, in his words, and coaching is a fit for it.",
        ),
    ),
    objectives=(
        {
            "tag": "common",
            "title": "Lead the Paris team without being its reviewer",
            "indicator": "share of changes reviewed by somebody else",
            "baseline": "one in ten",
            "target": "nine in ten",
        },
    ),
    declared=True,
    opened=True,
    terms=_terms(
        "4000",
        "2,000 € on signature\n2,000 € at the end",
        rhythm="every three weeks",
        places="by video call, each alone in a quiet room",
        media=["video"],
        between_sessions="one written message a week at most, answered within two working days",
    ),
    versions=1,
    signing="sealed",
    amendment={
        "purpose": (
            "Daniel asks for two more sessions, to prepare the yearly reviews of his former peers; Northbridge agrees. "
            "The coaching therefore ends in September."
        ),
        "sessions_count": 10,
        "ends_on": date(2027, 9, 24),
        "fee_total": Decimal("5000"),
        "fee_schedule": "2,000 € on signature\n3,000 € at the end",
    },
)

REFUSED = Story(
    title="Faire accepter une mutation",
    coach=cast.COLLEAGUE,
    payer="coachee",
    coachees=(Coachee(player=cast.MARC, job="maître verrier"),),
    refusal={
        "ground": "requester",
        "explanation": (
            "Vous me demandez de vous aider à accepter une décision que vous contestez. Un coaching ne peut pas "
            "avoir ce but : il partirait d’une réponse déjà donnée par d’autres."
        ),
        "orientation": "Un échange avec votre représentant du personnel, puis, si vous le souhaitez, une nouvelle demande.",
        "told_organisation": "",
    },
)

CLOSED = Story(
    title="Prendre la parole dans l’atelier",
    coach=cast.COACH,
    organisation=VERRIER,
    sponsor=cast.SPONSOR,
    organisation_request="Inès Carpentier anime depuis peu les réunions d’atelier. Nous souhaitons l’y aider.",
    coachees=(
        Coachee(
            player=cast.COACHEE,
            job="directrice industrielle",
            request="Devant l’atelier je parle trop vite et je réponds à tout. Je voudrais laisser de la place.",
            wording="Laisser de la place quand je parle.",
            own_objective="Supporter un silence",
            scope={"sponsor": ("attendance", "common_objectives")},
            validation="La demande d’Inès est la sienne, et un coaching y répond.",
        ),
    ),
    objectives=(
        {
            "tag": "common",
            "title": "Tenir la réunion d’atelier en vingt minutes",
            "indicator": "durée des réunions du lundi",
            "baseline": "une heure",
            "target": "vingt minutes",
        },
    ),
    declared=True,
    opened=True,
    terms=_terms("1800", "1 800 € à la fin de la mission", sessions_count=4, between_sessions=""),
    versions=1,
    signing="sealed",
)

STOPPED = Story(
    title="Travailler avec un collègue difficile",
    coach=cast.COACH,
    organisation=VERRIER,
    sponsor=cast.SPONSOR,
    organisation_request="Pauline Roy et un collègue ne se parlent plus. Nous souhaitons qu’elle ait un appui.",
    coachees=(
        Coachee(
            player=cast.PAULINE,
            job="responsable environnement",
            request="Je voudrais pouvoir entrer dans cette réunion sans avoir mal au ventre.",
            wording="Retrouver de l’aisance en réunion.",
            scope={"sponsor": ("attendance",)},
            validation="La demande de Pauline la concerne, elle seule.",
        ),
    ),
    objectives=({"tag": "common", "title": "Reprendre part aux réunions de coordination"},),
    declared=True,
    opened=True,
    terms=_terms("1800", "1 800 € à la fin de la mission", sessions_count=4, between_sessions=""),
    versions=1,
    signing="sealed",
)

STORIES = (SUCCESSION, DRAFTED, INVITED, WAITING, TEAM, PRIVATE, CONSUMER, ENGLISH, CLOSED, STOPPED, REFUSED)
