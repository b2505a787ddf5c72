"""What each placeholder stands for in one contract: read from the mission as its coach sees it, and its terms.

A value that is not known is left out; the clause check then says which, and where to give it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.accounts.access import practice_by_id
from coaching.accounts.enums import VatRegime
from coaching.accounts.models import Practice
from coaching.kernel.dates import long_date
from coaching.kernel.identifiers import readable_phone
from coaching.kernel.money import format_money, rounded
from coaching.kernel.viewer import Viewer
from coaching.missions.access import seats_of
from coaching.missions.enums import MissionKind, ObjectiveTag, RequestLevel, SeatRole
from coaching.missions.judgement_access import balance_of
from coaching.missions.models import Mission, Objective, Seat
from coaching.missions.requests_access import RequestView, objectives_of, requests_of
from ethics.development.access import qualifications_of_coach

from .access import scopes_of
from .enums import Language, Medium, ScopeItem
from .models import Contract, RestitutionScope, Terms
from .placeholders import bullets, paragraphs, table
from .policy import signs
from .scope_words import TO
from .snapshots import FrozenTerms


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a contract is made from, read once."""

    contract: Contract
    terms: Terms
    mission: Mission
    practice: Practice
    seats: list[Seat]
    requests: list[RequestView]
    objectives: list[Objective]
    explanation: str
    scopes: list[RestitutionScope]
    today: date

    def seated(self, role: str) -> list[Seat]:
        return [seat for seat in self.seats if seat.role == role]

    @property
    def addressees(self) -> list[str]:
        """The roles of the organisation that are at the table, each once."""
        return list(dict.fromkeys(seat.role for seat in self.seats if seat.role != SeatRole.COACHEE))


def gather(viewer: Viewer, contract: Contract, terms: Terms, today: date | None = None) -> Facts:
    """Read the mission as the viewer, its coach, may see it. The coachee's own objectives and words stay out."""
    mission, own = contract.mission, contract.seat_id
    balance = balance_of(viewer, mission)
    return Facts(
        contract=contract,
        terms=terms,
        mission=mission,
        practice=practice_by_id(mission.practice_id),
        seats=[s for s in seats_of(viewer, mission) if s.role != SeatRole.COACHEE or own in (None, s.pk)],
        requests=[
            view
            for view in requests_of(viewer, mission, sealed=False)
            if not view.seat or own in (None, view.seat.pk)
        ],
        objectives=[o for o in objectives_of(viewer, mission) if _belongs(o, contract)],
        explanation=balance.explanation if balance else "",
        scopes=[scope for scope in scopes_of(viewer, mission) if own in (None, scope.seat_id)],
        today=today or timezone.localdate(),
    )


def _belongs(objective: Objective, contract: Contract) -> bool:
    """In a coachee's own document their own objectives; in one the table reads, none of a coachee's own."""
    if contract.seat_id:
        return objective.seat_id == contract.seat_id
    return objective.tag != ObjectiveTag.COACHEE or _alone(contract.mission)


def _alone(mission: Mission) -> bool:
    """Where nobody but coach and coachee reads the contract, the coachee's own objectives belong in it."""
    return not mission.paid_by_organisation


def values(facts: Facts) -> Mapping[str, str]:
    """Placeholder → value, in the contract's language; those not known are not there."""
    with override(facts.contract.language):
        said = {
            **_identity(facts),
            **_organisation(facts),
            **_coachees(facts),
            **_practice(facts),
            **_requests(facts),
            **_terms(facts),
            **_fees(facts),
            **_restitution(facts),
            **_constants(facts),
        }
    return {name: value for name, value in said.items() if value}


def _identity(facts: Facts) -> dict:
    charter = facts.contract.charter
    return {
        "contract.reference": facts.contract.ref,
        "contract.date": long_date(facts.today, facts.contract.language),
        "parties.list": bullets(f"{name}, {role}" for name, role, _o in signatories(facts)),
        "parties.signatories": bullets(f"{name}, {role}" for name, role, _o in signatories(facts)),
        "charter.version": str(charter.number),
        "charter.sha256": charter.sha256,
        "objectives.list": _objectives(facts),
    }


def signatories(facts: Facts) -> list[tuple[str, str, str]]:
    """Name, role and organisation of everyone who is to sign, the coach first; in the language in force."""
    organisation = facts.mission.organisation.name if facts.mission.organisation else ""
    labels = {
        SeatRole.COACHEE: _("coachee"),
        SeatRole.SPONSOR: _("for the organisation"),
        SeatRole.MANAGER: _("manager"),
    }
    rows = [(facts.mission.coach.name, _("coach"), facts.practice.name)]
    signing = (seat for seat in facts.seats if signs(facts.contract, seat))
    return rows + [
        (s.person.name, labels[s.role], "" if s.role == SeatRole.COACHEE else organisation) for s in signing
    ]


def _objectives(facts: Facts) -> str:
    if not facts.objectives:
        return _("None has been put in writing so far.") if facts.contract.seat_id else ""
    head = (_("Objective"), _("How it will be seen"), _("Where we start"), _("Where we want to be"))
    origin = {
        ObjectiveTag.COMMON: _("common"),
        ObjectiveTag.ORGANISATION: _("organisation"),
        ObjectiveTag.COACHEE: _("coachee"),
    }
    rows = [
        (f"{o.title} ({origin[o.tag]})", o.indicator or "–", o.baseline or "–", o.target or "–")
        for o in facts.objectives
    ]
    listed = table(head, rows)
    if facts.explanation and not any(o.tag == ObjectiveTag.COMMON for o in facts.objectives):
        listed += "\n\n" + paragraphs(facts.explanation)
    return listed


def _organisation(facts: Facts) -> dict:
    found = facts.mission.organisation
    if found is None:
        return {}
    return {
        "organisation.name": found.name,
        "organisation.legal_form": found.legal_form,
        "organisation.registration": registration(found.siret, found.vat_number),
        "organisation.address": on_one_line(found.address),
        "organisation.representative": found.represented_by,
        "organisation.representative_role": found.representative_role,
    }


def registration(siret: str, vat_number: str) -> str:
    """ "SIREN 123 456 789, TVA FR…" as a contract writes it."""
    parts = []
    if siret:
        parts.append(f"{'SIREN' if len(siret) == 9 else 'SIRET'} {_grouped(siret)}")
    if vat_number:
        parts.append(_("VAT %(number)s") % {"number": vat_number})
    return ", ".join(parts)


def on_one_line(address: str) -> str:
    """An address typed on several lines, as a sentence holds it."""
    return ", ".join(line.strip(" ,") for line in address.splitlines() if line.strip(" ,"))


def _grouped(siret: str) -> str:
    return " ".join(part for part in (siret[:3], siret[3:6], siret[6:9], siret[9:]) if part)


def _coachees(facts: Facts) -> dict:
    seats = facts.seated(SeatRole.COACHEE)
    said = {
        "coachees.list": bullets(_named(seat) for seat in seats),
        "coachees.count": str(len(seats)) if seats else "",
    }
    if len(seats) == 1:
        person = seats[0].person
        said |= {
            "coachee.name": person.name,
            "coachee.role": person.job_title,
            "coachee.address": on_one_line(person.address),
            "coachee.email": person.email if _alone(facts.mission) else "",
            "coachee.registration": registration(person.registration, ""),
        }
    return said


def _named(seat: Seat) -> str:
    return f"{seat.person.name}, {seat.person.job_title}" if seat.person.job_title else seat.person.name


def _practice(facts: Facts) -> dict:
    practice, coach = facts.practice, facts.mission.coach
    qualifications = qualifications_of_coach(facts.mission.practice_id, facts.mission.coach_id)
    return {
        "coach.name": coach.name,
        "coach.email": coach.email,
        "coach.phone": readable_phone(practice.phone),
        "coach.qualifications": bullets(
            f"{q.title}, {q.body} ({q.obtained_on.year})" for q in qualifications
        ),
        "practice.name": practice.name,
        "practice.legal_form": practice.legal_form,
        "practice.registration": registration(practice.siret, practice.vat_number),
        "practice.address": on_one_line(practice.address),
        "practice.email": practice.email,
        "practice.phone": readable_phone(practice.phone),
        "practice.insurance": practice.insurance,
        "practice.data_contact": practice.email,
        "recourse.name": practice.recourse_name,
        "recourse.contact": practice.recourse_contact,
        "mediator.name": practice.mediator_name,
        "mediator.contact": practice.mediator_contact,
    }


def _requests(facts: Facts) -> dict:
    own = [view for view in facts.requests if view.level == RequestLevel.COACHEE]
    organisation = next((view for view in facts.requests if view.level == RequestLevel.ORGANISATION), None)
    validated = [view.validation.validated_at for view in own if view.validation]
    day = timezone.localdate(max(validated)) if validated and len(validated) == len(own) else None
    return {
        "requests.organisation": paragraphs(organisation.text or "") if organisation else "",
        "requests.coachee_shared": "\n\n".join(_shared(facts, view) for view in own),
        "requests.validated_on": long_date(day, facts.contract.language) if day else "",
        "requests.validation": "\n\n".join(_validation(facts, view) for view in own) if day else "",
    }


def _validation(facts: Facts, view: RequestView) -> str:
    """What the coach validates, as they said it to the coachee (article 8)."""
    return paragraphs(_of(facts, view) + view.validation.wording)


def _of(facts: Facts, view: RequestView) -> str:
    return f"{view.seat.person.name}{_colon(facts)} " if _of_team(facts) else ""


def _colon(facts: Facts) -> str:
    return " :" if facts.contract.language == Language.FRENCH else ":"


def _of_team(facts: Facts) -> bool:
    """Several coachees may be spoken of: each is named."""
    return facts.mission.kind == MissionKind.TEAM and facts.contract.seat_id is None


def _shared(facts: Facts, view: RequestView) -> str:
    """The wording the coachee chose to share; the fact alone where they chose to share none."""
    name = _of(facts, view)
    if view.wording:
        return paragraphs(name + view.wording.text)
    return paragraphs(
        name
        + _(
            "The coachee has formulated their own request and has chosen to keep its wording between them and the coach."
        )
    )


def frozen_terms(terms: Terms) -> FrozenTerms:
    """Conditions and fees by value, as a version carries them."""
    said = {field.name: getattr(terms, field.name) for field in fields(FrozenTerms)}
    return FrozenTerms(**{**said, "media": tuple(terms.media)})


def _terms(facts: Facts) -> dict:
    terms, language = facts.terms, facts.contract.language
    remote = [m for m in Medium if m != Medium.ON_SITE]  # face to face is said by the places
    media = [str(medium.label) for medium in remote if medium in terms.media]
    return {
        "terms.sessions_count": str(terms.sessions_count or ""),
        "terms.session_minutes": str(terms.session_minutes or ""),
        "terms.rhythm": terms.rhythm,
        "terms.starts_on": long_date(terms.starts_on, language) if terms.starts_on else "",
        "terms.ends_on": long_date(terms.ends_on, language) if terms.ends_on else "",
        "terms.places": terms.places,
        "terms.media": ", ".join(media).lower() or _("none"),
        "terms.between_sessions": terms.between_sessions or _("nothing particular"),
        "terms.notice_hours": str(terms.notice_hours),
    }


def _fees(facts: Facts) -> dict:
    terms, practice, language = facts.terms, facts.practice, facts.contract.language
    if terms.fee_total is None:
        return {"fees.payment_days": str(terms.payment_days), "fees.late_rate": _late_rate()}
    vat = _vat(terms.fee_total, practice)
    schedule = terms.fee_schedule.splitlines() or [_("The whole amount at the end of the mission.")]
    return {
        "fees.total": format_money(terms.fee_total, language, terms.currency),
        "fees.vat_line": _vat_line(practice, vat, language, terms.currency),
        "fees.total_payable": format_money(terms.fee_total + vat, language, terms.currency),
        "fees.schedule": bullets(line for line in schedule if line.strip()),
        "fees.payment_days": str(terms.payment_days),
        "fees.late_rate": _late_rate(),
    }


def total_payable(terms: Terms, practice: Practice) -> Decimal:
    """What the client pays in all, VAT included."""
    fees = terms.fee_total or Decimal(0)
    return fees + _vat(fees, practice)


def _vat(total: Decimal, practice: Practice) -> Decimal:
    if practice.vat_regime == VatRegime.EXEMPT:
        return Decimal(0)
    return rounded(total * practice.vat_rate / 100)


def _vat_line(practice: Practice, vat: Decimal, language: str, currency: str) -> str:
    if practice.vat_regime == VatRegime.EXEMPT:
        return _("VAT not applicable, art. 293 B of the CGI")
    rate = f"{practice.vat_rate.normalize():f}".replace(".", "," if language == "fr" else ".")
    return _("VAT at %(rate)s%%: %(amount)s") % {
        "rate": rate,
        "amount": format_money(vat, language, currency),
    }


def _late_rate() -> str:
    return _("the European Central Bank’s refinancing rate plus 10 percentage points")


def _restitution(facts: Facts) -> dict:
    addressees = [seat.person.name for seat in facts.seats if seat.role != SeatRole.COACHEE]
    return {
        "restitution.scope": _scope(facts) if facts.seated(SeatRole.COACHEE) else "",
        "restitution.addressees": ", ".join(addressees),
    }


def _scope(facts: Facts) -> str:
    """To each addressee, item by item, what the coachee agreed; of a team, what every coachee of it agreed."""
    labels = dict(ScopeItem.choices)
    parts = []
    for addressee in facts.addressees:
        agreed = [agreed_scope(facts, seat, addressee) for seat in facts.seated(SeatRole.COACHEE)]
        items = [str(labels[item]) for item in ScopeItem.values if all(item in one for one in agreed)]
        parts.append(
            f"{paragraphs(str(TO[addressee]) + _colon(facts))}\n\n{bullets(items or [_('nothing')])}"
        )
    return "\n\n".join(parts)


def agreed_scope(facts: Facts, seat: Seat, addressee: str) -> list[str]:
    """The count of sessions alone until the coachee says otherwise."""
    found = [row.items for row in facts.scopes if row.seat_id == seat.pk and row.addressee == addressee]
    return found[0] if found else [ScopeItem.ATTENDANCE]


def _constants(facts: Facts) -> dict:
    return {
        "retention.contracts": _("five years"),
        "retention.invoices": _("ten years"),
        "retention.notes": _("one year"),
        "withdrawal.location": _("the coachee’s portal, page of this contract"),
    }
