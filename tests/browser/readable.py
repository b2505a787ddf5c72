"""The world of the tests told in words a person can read: the same rows, for the eye instead of the search."""

from collections import Counter
from dataclasses import dataclass, field

from tests.world import World

# By field, in the order in which the world plants them.
WORDS = {
    "accounts.User.name": (
        "Hélène Aubry", "Yann Le Goff", "Claire Fontenay", "Odile Perrin", "Inès Carpentier", "Marc Delorme", "Awa Ndiaye",
        "Sofia Lopez", "Bruno Keller", "Jeanne Vidal", "Luc Besnard", "Pauline Roy",
    ),
    "accounts.Practice.name": ("Aubry & associés",),
    "accounts.Practice.legal_form": ("SARL",),
    "accounts.Practice.address": ("14 rue des Tilleuls, 54000 Nancy",),
    "accounts.Practice.city": ("Nancy",),
    "accounts.Practice.insurance": ("Responsabilité civile professionnelle, contrat 4 512 778, Mutuelle des Vosges",),
    "accounts.Practice.recourse_name": ("Anne Roussel",),
    "accounts.Practice.recourse_contact": ("recours@exemple.test, 03 55 00 01 41",),
    "accounts.Practice.mediator_name": ("Médiation de la consommation du Grand Est",),
    "accounts.Practice.mediator_contact": ("mediation@exemple.test",),
    "accounts.Invitation.name": ("Théo Marchal",),
    "contracts.Clause.title": ("The coach’s supervision",),
    "contracts.Clause.body": ("The coach is supervised every month by a supervisor whose name is given on request.",),
    "charter.CharterVersion.title": ("",),
    "charter.Article.title": ("(texte du cabinet)",),
    "charter.Article.body": ("Le cabinet ajoute à cet article une phrase qui lui est propre.",),
    "clients.Organisation.name": ("Ateliers Verrier", "Clinique des Lilas", "Transports Vidal et fils"),
    "clients.Organisation.legal_form": ("SAS",),
    "clients.Organisation.address": ("Zone industrielle de la Croix-de-Mission, 54700 Pont-à-Mousson",),
    "clients.Organisation.represented_by": ("Sofia Lopez",),
    "clients.Organisation.representative_role": ("directrice des ressources humaines",),
    "clients.ContextSheet.trade": ("Verre plat et verre trempé pour le bâtiment ; trois sites, deux cent quarante personnes.",),
    "clients.ContextSheet.usages": ("Tutoiement à tous les étages ; les réunions commencent à l’heure.",),
    "clients.ContextSheet.culture": ("Le geste juste, transmis d’un ancien à un nouveau.",),
    "clients.ContextSheet.context": ("Un four neuf démarre en mars ; la direction industrielle change de mains.",),
    "clients.ContextSheet.constraints": ("Équipes en 3 × 8 ; rien le lundi matin.",),
    "clients.ContextSheet.no_interference": ("Les salaires et la réorganisation du service achats.",),
    "clients.Person.name": (
        "Inès Carpentier", "Marc Delorme", "Awa Ndiaye", "Sofia Lopez", "Bruno Keller", "Jeanne Vidal", "Luc Besnard",
    ),
    "clients.Person.job_title": (
        "directrice industrielle", "chef d’atelier", "responsable qualité", "directrice des ressources humaines", "directeur général",
    ),
    "clients.Person.address": ("3 place du Marché, 54700 Pont-à-Mousson",),
    "missions.Mission.title": (
        "Prise de poste à la direction industrielle", "Une question de rémunération", "Accompagner une fusion d’équipes",
        "Mission d’un autre cabinet",
    ),
    "missions.RequestVersion.text": (
        "Nous souhaitons que l’équipe prenne ses marques en six mois, qu’elle sache arbitrer sans remonter chaque "
        "décision, et que les ateliers retrouvent confiance après une année difficile.",
    ),
    "vault.SealedText.ciphertext": (
        "Je voudrais apprendre à déléguer sans avoir le sentiment d’abandonner les gens. Je rentre tard et je refais ce qui "
        "a déjà été fait ; j’aimerais comprendre pourquoi je n’arrive pas à faire confiance.",
        "Je dois parler devant le comité chaque mois et je perds mes moyens.",
        "Je ne sais plus si ma place est ici.",
    ),
    "missions.SharedWording.text": (
        "Déléguer mieux, et garder du temps pour ce qui compte.", "Prendre la parole avec aisance.", "Faire le point.",
    ),
    "missions.Validation.wording": ("Cette demande est bien la sienne, elle est claire et je peux l’accompagner.",),
    "missions.Objective.title": (
        "Confier trois arbitrages par mois à l’équipe", "Dire non sans se justifier", "Quitter l’usine à 19 h deux soirs sur trois",
        "Un comité de direction qui décide", "Une équipe stable à six mois",
    ),
    "missions.Objective.indicator": ("décisions remontées chaque mois", "départs dans l’équipe"),
    "missions.Objective.baseline": ("quatorze aujourd’hui", "trois l’an dernier"),
    "missions.Objective.target": ("cinq en juin", "aucun d’ici juin"),
    "missions.ConflictDeclaration.statement": ("J’ai accompagné la directrice générale en 2021 ; c’est terminé et elle le sait.",),
    "missions.Balance.explanation": ("Les deux demandes se rejoignent sur la délégation.",),
    "missions.Override.reason": ("L’organisation m’a tout dit de vive voix ; la fiche sera complétée cette semaine.",),
    "missions.Refusal.explanation": ("Ce qui est demandé relève d’une négociation, pas d’un coaching : je n’y serais pas à ma place.",),
    "missions.Refusal.orientation": ("Une personne de confiance au service social pourra vous écouter.",),
    "missions.Refusal.told_organisation": ("Je ne peux pas accepter cette mission. Je vous remercie de votre confiance.",),
    "contracts.Terms.rhythm": ("une séance toutes les trois semaines",),
    "contracts.Terms.places": ("au cabinet, 14 rue des Tilleuls à Nancy",),
    "contracts.Terms.between_sessions": ("un message par semaine, réponse sous deux jours",),
    "contracts.Terms.fee_schedule": ("un tiers à la signature, le reste à parts égales en mars et en juin",),
    "contracts.ContractClause.title": ("Pourquoi ce contrat", "Comment nous travaillerons"),
    "contracts.ContractClause.body": ("Cette clause a été relue ensemble le 12 novembre.",),
    "coaching_sessions.CoachingSession.place": ("Au cabinet, 14 rue des Tilleuls à Nancy",),
    "coaching_sessions.CoachingSession.join_link": ("salle-7f3k9q",),
    "decisions.Wording.text_ref": (
        "Je confie la réunion du lundi à mon adjoint, et je n’y vais pas.",
        "Je dis au comité que le planning de mars ne tiendra pas.",
        "Je garde mes jeudis soir pour moi.",
        "Je ne relis plus les comptes rendus des chefs d’équipe.",
        "J’annonce moi-même le départ de Paul à l’équipe.",
    ),
    "decisions.Wording.closing_ref": (
        "Ce n’était pas le bon moment ; j’y reviendrai après le démarrage du four.",
        "L’équipe l’a mieux pris que je ne le craignais.",
    ),
    "decisions.Suggestion.sealed_ref": (
        "Et si vous écriviez ce que vous craignez qu’il arrive lundi ?",
        "Demander à un collègue d’assister à votre prochaine prise de parole.",
        "Tenir une semaine sans répondre aux messages après 19 h.",
    ),
    "decisions.Suggestion.reason_ref": ("J’y ai pensé, mais je préfère commencer par la réunion.",),
    "progress.Measure.words": ("Je confie les tâches, et je les reprends le soir.",),
    "progress.Means.name": ("La chaise vide",),
    "progress.Means.words": ("Pour entendre ce que l’adjoint dirait, s’il était là.",),
    "minutes.Minutes.draft_ref": (
        "La délégation a commencé : deux arbitrages sur trois se prennent à l’atelier. Reste à dire ce qui attend le four.",
    ),
    "minutes.CoacheeCopy.text_ref": ("Nous avons regardé ensemble la délégation, à mi-parcours. Elle avance.",),
    "minutes.OrganisationCopy.text": (
        "Ce qui est convenu : un point d’étape en avril, et le planning du four revu avant le comité.",
    ),
    "minutes.CoacheeCopy.divergence": ("Je ne crois pas que le retard vienne de l’atelier.",),
    "minutes.OrganisationCopy.wording": (
        "Nous avons regardé ensemble la délégation, à mi-parcours. Elle avance, plus lentement que prévu.",
    ),
    "minutes.OrganisationCopy.divergence": ("Pour nous, le calendrier du four n’est pas négociable.",),
    "minutes.CoacheeCopy.wording_ref": ("Nous avons regardé la délégation. Elle avance, à mon rythme.",),
    "minutes.AgreedMinutes.text": (
        "Les objectifs communs restent ceux du contrat. Un point d’étape aura lieu en avril, à trois.",
    ),
    "minutes.AgreedSide.divergence": (
        "J’aurais préféré un point d’étape plus tôt.",
        "Nous aurions souhaité un indicateur par mois.",
    ),
    "calendar.OpeningHours.place": ("Au cabinet, 14 rue des Tilleuls à Nancy",),
    "calendar.OpeningHours.join_link": ("salle-2k8d4v",),
    "notes.SessionNote.sealed_ref": (
        "Arrive en avance, carnet ouvert. Ce qui revient : « je n’ai pas le droit de me tromper ».",
        "À porter en supervision : mon envie de rassurer.",
    ),
    "notes.SharedSummary.sealed_ref": ("Vous notez cette semaine les décisions prises sans en parler ; nous en choisirons deux.",),
    "supervision.SupervisionPoint.sealed_ref": (
        "Je sors de cette séance avec l’envie de rassurer. D’où me vient-elle ?",
        "Je parle plus que la personne que je coache : depuis quand, et pour éviter quoi ?",
    ),
    "hours.LogPart.sealed_ref": ("Adèle Fournier",),
    "hours.ImportPart.sealed": ("Baptiste Marin", "au printemps", "Camille Roussel"),
    "hours.VerificationLetter.issuer": ("Agence Cap Talents",),
    "hours.VerificationLetter.contact": ("Mme Renaud, directrice",),
    "restitutions.RestitutionText.sealed_ref": (
        "Un adjoint pour la réunion du lundi aiderait à déléguer davantage.",
        "Les décisions attendent deux comités avant d’être prises.",
    ),
    "restitutions.ReleasedRestitution.content": ("Un adjoint pour la réunion du lundi aiderait à déléguer davantage.",),
    "restitutions.Restitution.asked_ref": ("Sans les chiffres, s’il vous plaît : les objectifs suffisent.",),
    "handover.HandOver.proposed_ref": ("Nous avons travaillé dix mois ensemble ; je change de métier et te la confie.",),
    "handover.HandOver.agreed_ref": ("Il reste le plus difficile : dire non au comité. Laisse-lui du silence.",),
    "recourse.Message.sealed_ref": (
        "Mon coach a parlé de moi à ma directrice sans mon accord. J’aimerais en parler avec quelqu’un.",
        "Je vous ai lue. Êtes-vous d’accord pour un appel jeudi ?",
    ),
    "recourse.RecoursePerson.name": ("Anne-Lise Roussel",),
    "disclosures.Disclosure.article_ref": (
        "Réquisition du parquet de Nancy, article 60-1 du code de procédure pénale.",
        "Articles 60-1 et 60-2 du code de procédure pénale, réquisition du parquet de Nancy.",
    ),
    "disclosures.Disclosure.recipient_ref": ("Officier de police judiciaire, commissariat de Nancy.",),
    "disclosures.Disclosure.told_ref": ("Les dates de nos séances entre mars et juin, et rien de ce qui s’y est dit.",),
    "missions.Referral.noticed_ref": ("Ne dort plus depuis trois semaines, et le dit en riant.",),
    "missions.Referral.ways_ref": ("Votre médecin traitant, cette semaine si possible.",),
    "missions.Referral.answer_ref": ("J’ai pris rendez-vous pour lundi.",),
    "missions.Pause.reason": ("Je préfère attendre que vous ayez vu votre médecin.",),
    "development.Qualification.title": ("Coach professionnelle certifiée",),
    "development.Qualification.body": ("École de coaching de Nancy",),
}  # fmt: skip
SOMETHING = "Un texte écrit pour être lu, assez long pour que la ligne se replie sur un téléphone."


@dataclass
class ReadableWorld(World):
    planted: Counter = field(default_factory=Counter)
    extra: dict = field(
        default_factory=dict
    )  # rows of the states shown beside the world: tests/browser/states.py

    def plant(self, path: str, *personas: str) -> str:
        """The next words for this field. A field without words of its own gets a sentence, and stays visible."""
        number = self.planted[path]
        self.planted[path] += 1
        if path.endswith("email"):
            return f"personne{sum(self.planted.values())}"
        words = WORDS.get(path, (SOMETHING,))
        return words[number % len(words)]

    def mark(self, path: str, value: str, *personas: str) -> str:
        return value
