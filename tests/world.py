"""A small world made through the services, in which every text a person can write is a canary.

A canary is a word that stands nowhere else, with the personas who may ever read it. The rings are tested by looking
for it: in no page, document or letter of anybody else, and somewhere for at least one of those entitled.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from coaching.accounts import drafts
from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.models import Invitation, Practice, User
from coaching.accounts.services import (
    accept_invitation,
    add_member,
    create_practice,
    create_user,
    end_membership,
    invite,
    update_practice,
)
from coaching.clients.models import Organisation, Person
from coaching.clients.services import save_context_sheet, save_organisation, save_person
from coaching.closings.services import ending, parting
from coaching.closings.services.parting import Parting
from coaching.documents.seal import make_seal
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission, MissionDraft
from coaching.missions.services import guided, life, objectives, requests, seats
from coaching.recourse.services import appointing
from coaching.restitutions.models import ReleasedRestitution, Restitution
from coaching.restitutions.services import releasing
from contracts.access import clauses_of, terms_of
from contracts.models import Clause, Comment, Contract, ContractVersion
from contracts.services import drafting, library, review, sealing, sharing
from ethics.charter.access import current_version
from ethics.charter.services import publish, publish_bundled
from ethics.development.models import ShownSheet
from ethics.development.services import save_qualification
from ethics.development.services import sheets as own_sheets
from tests import stand_ins
from tests.unlocking import print_code

PASSWORD = "une phrase assez longue"

PERSONAS = (
    "coach",  # of the main mission
    "colleague",  # another coach of the same practice
    "coach_elsewhere",
    "administrator",
    "coachee",
    "teammate",  # another coachee of the same mission and organisation
    "departed",  # a coachee of the main mission whose seat has ended
    "sponsor",
    "manager",
    "sponsor_elsewhere",  # of another mission of the same coach
    "invited",  # has an account elsewhere, not yet a seat here
    "disabled",  # a coach whose membership has ended
    "recourse",  # to whom coachees of the practice may turn
)
TABLE = ("coach", "coachee", "teammate", "sponsor", "manager")
COACHEE_SIDE = ("coach", "coachee")
MEMBERS = ("coach", "colleague", "administrator")


@dataclass
class World:
    rendered: bool = True  # or with stand-ins for its PDFs
    users: dict[str, User] = field(default_factory=dict)
    canaries: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)  # word: (field, personas)
    practice: Practice = None
    elsewhere: Practice = None
    organisation: Organisation = None
    people: dict[str, Person] = field(default_factory=dict)
    mission: Mission = None
    mission_draft: MissionDraft = None
    contract: Contract = None
    version: ContractVersion = None
    comments: dict[str, Comment] = field(default_factory=dict)  # waiting for an answer, by its author
    refused: Mission = None
    enquiry: Mission = None
    foreign: Mission = None
    signed: Any = (
        None  # contracts further on in their life, for the tests of the rules (tests/rules/signed.py)
    )

    meetings: Any = None  # sessions (tests/rules/meetings.py)
    notes: Any = None  # of a session that took place (tests/rules/notes.py)
    decided: Any = None  # decisions, suggestions, measures (tests/rules/decided.py)
    given_back: Any = None  # restitutions (tests/rules/given_back.py)
    protected: Any = None  # what a coachee confides, a pause, other help (tests/rules/protecting.py)
    handed: Any = None  # to a colleague (tests/rules/handed_over.py)
    minuted: Any = None  # minutes of three-way meetings (tests/rules/minuted.py)
    competence: Any = None  # of coaches (tests/rules/competence.py)
    disclosed: Any = None  # what the law obliged the coach to tell (tests/rules/disclosed.py)
    logged: Any = None  # hours of before, a letter (tests/rules/logged.py)
    asked: Any = None  # of one’s own data (tests/rules/asked.py)
    supervised: Any = None  # what the coach takes to supervision (tests/rules/supervised.py)
    ended: Any = None  # missions stopped and closed (tests/rules/ended.py)
    standing: Contract = None  # made beforehand for the tests that start from one
    consumers: Any = None  # contracts that a coachee pays for themself, likewise (tests/rules/consumers.py)

    def plant(self, path: str, *personas: str) -> str:
        """A fresh canary for one field, and who may read it."""
        return self.mark(path, f"iku{len(self.canaries):03d}", *personas)

    def mark(self, path: str, value: str, *personas: str) -> str:
        """A value that has a form of its own (a SIRET, a telephone number) as a canary."""
        # The coach founded the practice, and administers it too.
        founder = {"coach"} if "administrator" in personas else set()
        self.canaries[value.casefold()] = (path, frozenset(personas) | founder)
        return value

    def viewer(self, persona: str, portal: Portal, practice: Practice | None = None) -> Viewer:
        user, place = self.users[persona], practice or self.practice
        return Viewer(user.pk, user.ref, place.pk, place.ref, portal)

    def share(self, contract: Contract) -> ContractVersion:
        return (sharing if self.rendered else stand_ins).share(self.coach, contract)

    def seal(self, contract: Contract) -> None:
        (sealing if self.rendered else stand_ins).seal(contract)

    def release(self, restitution: Restitution) -> ReleasedRestitution:
        return (releasing if self.rendered else stand_ins).release(self.coach, restitution)

    def show_sheet(self, persona: str, portal: Portal, mission: Mission) -> ShownSheet:
        name = self.people[persona].name
        table = own_sheets.Table(self.practice, self.users["coach"], mission.ref, name)
        asked = own_sheets if self.rendered else stand_ins
        return asked.ask(self.viewer(persona, portal), table, "fr")

    def part(self, made: Parting) -> None:
        (parting if self.rendered else stand_ins).part(made)

    @property
    def coach(self) -> Viewer:
        return self.viewer("coach", Portal.COACH)


NAME_READERS = {
    "coach": (*TABLE, "colleague", "administrator", "sponsor_elsewhere", "recourse"),
    "colleague": ("colleague", "administrator"),
    "coach_elsewhere": (*PERSONAS, "anonymous"),  # has published their sheet
    "administrator": ("administrator",),
    "disabled": ("disabled", "administrator"),
}


def build(w: World | None = None) -> World:
    """The whole world, in a few steps that read like the life of a practice. ``w`` may plant words of its own."""
    w = w or World()
    _accounts(w)
    _practices(w)
    _recourse(w)
    _library_and_charter(w)
    _clients(w)
    _main_mission(w)
    _contract(w)
    _refused_mission(w)
    _enquiry_and_foreign(w)
    _left_in_a_form(w)
    return w


def _left_in_a_form(w: World) -> None:
    """What a coachee was typing when they were called away."""
    typed = QueryDict(mutable=True)
    typed["text"] = w.plant("accounts.KeptForm.sealed", "coachee")
    page = reverse("coachee_wording", args=[w.mission.ref])
    drafts.keep(drafts.Ticket(w.users["coachee"].ref, page), typed)


def _accounts(w: World) -> None:
    for persona in PERSONAS:
        readers = NAME_READERS.get(persona, (persona,))
        name = w.plant("accounts.User.name", *readers)
        email = f"{w.plant('accounts.User.email', *_email_readers(persona))}@canary.test"
        w.users[persona] = create_user(email=email, name=name, password=PASSWORD)
        print_code(w.users[persona])


def _email_readers(persona: str) -> tuple[str, ...]:
    """One's own; the administrator sees members'; the coach the people they keep, under the same address."""
    members = ("coach", "colleague", "administrator", "disabled", "recourse")
    kept = ("coachee", "teammate", "departed", "sponsor", "manager", "sponsor_elsewhere", "invited")
    more = ("administrator",) if persona in members else ("coach",) if persona in kept else ()
    return (persona, *more)


def _practices(w: World) -> None:
    anyone = (*PERSONAS, "anonymous")
    w.practice = create_practice(
        name=f"Cabinet {w.plant('accounts.Practice.name', *anyone)}", founder=w.users["coach"]
    )
    w.elsewhere = create_practice(name="Cabinet d’ailleurs", founder=w.users["coach_elsewhere"])
    for practice, user in ((w.practice, w.users["coach"]), (w.elsewhere, w.users["coach_elsewhere"])):
        publish_bundled(practice, user)
        library.install_library(practice)
        make_seal(practice.ref, practice.name)
    by = w.users["coach"].ref
    add_member(w.practice, w.users["colleague"], as_coach=True, as_administrator=False, by=by)
    add_member(w.practice, w.users["administrator"], as_coach=False, as_administrator=True, by=by)
    former = add_member(w.practice, w.users["disabled"], as_coach=True, as_administrator=False, by=by)
    end_membership(w.viewer("coach", Portal.PRACTICE), former)
    _settings(w, (*TABLE, "colleague", "administrator"))


def _recourse(w: World) -> None:
    """Somebody outside the practice is asked, and accepts."""
    person = appointing.appoint(
        w.viewer("coach", Portal.PRACTICE),
        name=w.plant("recourse.RecoursePerson.name", "administrator", "coachee", "teammate", "recourse"),
        email=w.users["recourse"].email,
        language="fr",
        acknowledge_days=3,
        handle_days=30,
    )
    accept_invitation(Invitation.unscoped.get(target_ref=person.ref), w.users["recourse"])


def _settings(w: World, readers: tuple[str, ...]) -> None:
    words = "legal_form address city insurance recourse_name recourse_contact mediator_name mediator_contact"
    texts = {name: w.plant(f"accounts.Practice.{name}", *readers) for name in words.split()}
    formed = {
        "siret": w.mark("accounts.Practice.siret", "90210765500018", *readers),
        "vat_number": w.mark("accounts.Practice.vat_number", "FR85902107655", *readers),
        "phone": w.mark("accounts.Practice.phone", "+33355000140", *readers),
        "email": f"{w.plant('accounts.Practice.email', *readers)}@canary.test",
    }
    update_practice(
        w.viewer("coach", Portal.PRACTICE), w.practice, {**texts, **formed, "vat_regime": "standard"}
    )


def _library_and_charter(w: World) -> None:
    administrator = w.viewer("administrator", Portal.PRACTICE)
    clause = Clause.unscoped.get(practice=w.practice, language="en", section="supervision")
    library.save_clause(
        administrator,
        clause,
        title=w.plant("contracts.Clause.title", *MEMBERS),
        body=w.plant("contracts.Clause.body", *MEMBERS),
    )
    text = current_version(w.practice.pk).text
    public = (*PERSONAS, "anonymous")
    text = text.replace("# ", f"# {w.plant('charter.CharterVersion.title', *public)} ", 1)
    head, _, tail = text.partition("\n### ")
    title, _, body = tail.partition("\n")
    planted = (
        f"{head}\n### {title} {w.plant('charter.Article.title', *public)}\n"
        f"\n{w.plant('charter.Article.body', *public)} {w.plant('charter.CharterVersion.text', *public)}\n{body}"
    )
    publish(w.practice, planted, w.users["administrator"])


def _clients(w: World) -> None:
    every = (*TABLE,)
    w.organisation = save_organisation(
        w.coach,
        None,
        {
            "name": w.plant("clients.Organisation.name", *every),
            "legal_form": w.plant("clients.Organisation.legal_form", *every),
            "siret": w.mark("clients.Organisation.siret", "81345670400010", *every),
            "vat_number": w.mark("clients.Organisation.vat_number", "FR86813456704", *every),
            "address": w.plant("clients.Organisation.address", *every),
            "represented_by": w.plant("clients.Organisation.represented_by", *every),
            "representative_role": w.plant("clients.Organisation.representative_role", *every),
        },
    )
    headings = ["trade", "usages", "culture", "context", "constraints"]
    sheet = {name: w.plant(f"clients.ContextSheet.{name}", "coach") for name in headings}
    w.plant("clients.ContextSheet.no_interference", "coach")
    save_context_sheet(
        w.coach, w.organisation, sheet
    )  # one heading is left empty: the gate is passed on judgement
    for persona in ("coachee", "teammate", "departed", "sponsor", "manager"):
        w.people[persona] = _person(w, persona)


def _person(w: World, persona: str) -> Person:
    # The names of those at the table are known to the table; one who has left is the coach's to remember.
    readers = TABLE if persona in TABLE else ("coach", persona)
    # Whom a coachee writes to reads their name.
    named = (*readers, "recourse") if persona == "coachee" else readers
    values = {
        "name": w.plant("clients.Person.name", *named),
        "email": w.users[persona].email,
        "phone": w.mark("clients.Person.phone", f"+3361200{len(w.people):04d}", "coach", persona),
        "job_title": w.plant("clients.Person.job_title", *readers),
        "address": w.plant("clients.Person.address", *readers),
        "registration": "",
        "organisation": w.organisation,
    }
    row = save_person(w.coach, None, values)
    Person.unscoped.filter(pk=row.pk).update(user=w.users[persona])
    row.refresh_from_db()
    return row


def _main_mission(w: World) -> None:
    w.mission = life.begin(
        w.coach, title=w.plant("missions.Mission.title", *TABLE), kind="team", organisation=w.organisation
    )
    seat = {
        persona: seats.add_seat(w.coach, w.mission, w.people[persona], role)
        for persona, role in (
            ("coachee", "coachee"),
            ("teammate", "coachee"),
            ("departed", "coachee"),
            ("sponsor", "sponsor"),
            ("manager", "manager"),
        )
    }
    sponsor = w.viewer("sponsor", Portal.ORGANISATION)
    asked = w.plant("missions.RequestVersion.text", *TABLE)
    requests.write_organisation_request(sponsor, w.mission, asked, based_on=0)
    for persona in ("coachee", "teammate", "departed"):
        _requests_of_coachee(w, persona, seat[persona])
    seats.end_seat(w.coach, w.mission, seat["departed"])
    _objectives(w, seat["coachee"])
    statement = w.plant("missions.ConflictDeclaration.statement", "coach")
    life.declare_conflict(w.coach, w.mission, has_conflict=True, statement=statement)
    life.explain_balance(w.coach, w.mission, w.plant("missions.Balance.explanation", *TABLE))
    reason = w.plant("missions.Override.reason", "coach")
    life.open_contracting(w.coach, w.mission, {"missions.context": reason})
    w.mission.refresh_from_db()


def _requests_of_coachee(w: World, persona: str, seat) -> None:
    mine = w.viewer(persona, Portal.COACHEE)
    # Of one who has left, only the coach keeps the words.
    sides = ("coach", persona) if persona != "departed" else ("coach",)
    shared = TABLE if persona in TABLE else ("coach",)
    words = w.plant("vault.SealedText.ciphertext", *sides)
    version = requests.write_coachee_request(mine, w.mission, seat, words, based_on=0)
    requests.share_wording(mine, w.mission, seat, w.plant("missions.SharedWording.text", *shared))
    drafting.set_scope(mine, w.mission, "sponsor", ["attendance", "common_objectives"])
    requests.validate_request(w.coach, w.mission, version, w.plant("missions.Validation.wording", *shared))
    objective = w.plant("missions.Objective.title", *sides)
    objectives.save_objective(mine, w.mission, None, {"tag": "coachee", "title": objective}, seat=seat)


def _objectives(w: World, seat) -> None:
    for tag in ("common", "organisation"):
        values = {
            name: w.plant(f"missions.Objective.{name}", *TABLE)
            for name in ("title", "indicator", "baseline", "target")
        }
        objectives.save_objective(w.coach, w.mission, None, {"tag": tag, **values})


def _contract(w: World) -> None:
    save_qualification(
        w.coach,
        None,
        {
            "title": w.plant("development.Qualification.title", *TABLE, "sponsor_elsewhere"),
            "body": w.plant("development.Qualification.body", *TABLE, "sponsor_elsewhere"),
            "obtained_on": date(2020, 1, 1),
        },
    )
    w.contract = drafting.draft(w.coach, w.mission)
    texts = {
        name: w.plant(f"contracts.Terms.{name}", *TABLE)
        for name in ("rhythm", "places", "between_sessions", "fee_schedule")
    }
    figures = {
        "sessions_count": 8,
        "session_minutes": 90,
        "starts_on": date(2027, 1, 11),
        "ends_on": date(2027, 6, 30),
        "media": ["on_site"],
        "fee_total": Decimal("3600"),
    }
    drafting.save_terms(w.coach, w.contract, terms_of(w.coach, w.contract), {**texts, **figures})
    _reword(w, "preamble", TABLE)
    w.contract.refresh_from_db()
    w.version = w.share(w.contract)
    w.contract.refresh_from_db()
    _review(w)
    sharing.revise(w.coach, w.contract)
    _reword(w, "conditions", ("coach",))  # in the new draft, which only the coach reads
    w.contract.refresh_from_db()


def _review(w: World) -> None:
    """Each choice of who may read a comment, answered, waiting and withdrawn."""
    doors = {"coachee": Portal.COACHEE, "sponsor": Portal.ORGANISATION, "manager": Portal.ORGANISATION}
    for persona, portal in doors.items():
        me = w.viewer(persona, portal)
        for audience, readers in (("coach", ("coach", persona)), ("table", TABLE)):
            said = w.plant("contracts.Comment.text", *readers)
            change = {"section": "fees", "kind": "change", "audience": audience}
            row = review.comment(me, w.version, **change, text=said)
            reply = w.plant("contracts.Comment.answer", *readers)
            review.answer(w.coach, row, outcome="explained", text=reply)
            said = w.plant("contracts.Comment.text", *readers)
            w.comments[persona] = review.comment(
                me, w.version, section="", kind="comment", audience=audience, text=said
            )
    mine = w.viewer("teammate", Portal.COACHEE)
    said = w.plant("contracts.Comment.text", "teammate")
    row = review.comment(mine, w.version, section="fees", kind="comment", audience="table", text=said)
    review.withdraw_comment(mine, row)
    review.say_fine(mine, w.version)


def _reword(w: World, section: str, readers: tuple[str, ...]) -> None:
    clause = clauses_of(w.coach, w.contract).get(section=section)
    title = w.plant("contracts.ContractClause.title", *readers)
    body = f"{clause.body}\n\n{w.plant('contracts.ContractClause.body', *readers)}"
    drafting.save_clause(w.coach, w.contract, clause, title=title, body=body)


def _refused_mission(w: World) -> None:
    w.refused = life.begin(
        w.coach, title=w.plant("missions.Mission.title", *TABLE[:2], "sponsor"), organisation=w.organisation
    )
    seats.add_seat(w.coach, w.refused, w.people["coachee"], "coachee")
    seats.add_seat(w.coach, w.refused, w.people["sponsor"], "sponsor")
    words = ending.refusal(
        w.coach,
        w.refused,
        ground="coach",
        explanation=w.plant("missions.Refusal.explanation", *COACHEE_SIDE),
        orientation=w.plant("missions.Refusal.orientation", *COACHEE_SIDE),
        told_organisation=w.plant("missions.Refusal.told_organisation", "coach", "sponsor"),
    )
    w.part(words)
    w.refused.refresh_from_db()


def _enquiry_and_foreign(w: World) -> None:
    """A mission of the same coach with another sponsor, and one of another practice; an invitation under way."""
    said = {"title": w.plant("missions.MissionDraft.said", "coach"), "coachee_email": "a@canary.test"}
    w.mission_draft = guided.keep_step(w.coach, None, said, "payer")
    other = save_organisation(
        w.coach, None, {"name": w.plant("clients.Organisation.name", "coach", "sponsor_elsewhere")}
    )
    title = w.plant("missions.Mission.title", "coach", "sponsor_elsewhere")
    w.enquiry = life.begin(w.coach, title=title, organisation=other)
    save_context_sheet(
        w.coach, other, {"no_interference": w.plant("clients.ContextSheet.no_interference", "coach")}
    )
    row = save_person(
        w.coach,
        None,
        {
            "name": w.plant("clients.Person.name", "coach", "sponsor_elsewhere"),
            "email": w.users["sponsor_elsewhere"].email,
            "registration": w.mark("clients.Person.registration", "918765439", "coach", "sponsor_elsewhere"),
        },
    )
    Person.unscoped.filter(pk=row.pk).update(user=w.users["sponsor_elsewhere"])
    seats.add_seat(w.coach, w.enquiry, row, "sponsor")
    invited = {
        "name": w.plant("clients.Person.name", "coach", "sponsor_elsewhere"),
        "email": w.users["invited"].email,
    }
    seat = seats.add_seat(w.coach, w.enquiry, save_person(w.coach, None, invited), "coachee")
    seats.invite_seat(w.coach, w.enquiry, seat)
    invite(
        w.viewer("administrator", Portal.PRACTICE),
        purpose=InvitationPurpose.MEMBERSHIP,
        email=f"{w.plant('accounts.Invitation.email', 'administrator', 'coach')}@canary.test",
        name=w.plant("accounts.Invitation.name", "administrator", "coach"),
        language="fr",
        inviter=w.users["administrator"],
        practice=w.practice,
        as_coach=True,
    )
    elsewhere = w.viewer("coach_elsewhere", Portal.COACH, w.elsewhere)
    organisation = save_organisation(
        elsewhere, None, {"name": w.plant("clients.Organisation.name", "coach_elsewhere")}
    )
    w.foreign = life.begin(
        elsewhere, title=w.plant("missions.Mission.title", "coach_elsewhere"), organisation=organisation
    )
