"""The world of the rules, further on: what proves a coach's competence, what they go on learning, who was shown their sheet."""

import io
from dataclasses import dataclass
from datetime import date

from PIL import Image

from coaching.documents.files import cleaned
from coaching.kernel.viewer import Portal
from ethics.development.models import DevelopmentActivity, Proof, PublicSheet, Qualification, ShownSheet
from ethics.development.services import save_qualification, sheets
from ethics.development.services.activities import save_activity
from ethics.development.services.proofs import put_proof
from tests.world import PERSONAS, World


@dataclass
class Competence:
    activity: DevelopmentActivity
    proof: Proof  # of a qualification, shared with clients
    shown: ShownSheet  # to the coachee
    shown_there: ShownSheet  # to the sponsor
    public: PublicSheet  # of the coach elsewhere, whose trainings everyone may read
    renewed: PublicSheet  # of the main coach, published and not any more


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind)
    return out.getvalue()


def extend(w: World) -> Competence:
    file = cleaned(picture())
    qualification = Qualification.unscoped.get(coach=w.users["coach"])
    proof = put_proof(w.coach, file, shared=True, qualification=qualification)
    words = {name: w.plant(f"development.DevelopmentActivity.{name}", "coach") for name in ("title", "body")}
    learning = w.plant("development.DevelopmentActivity.learning_ref", "coach")
    said = {"kind": "reading", "held_on": date(2026, 1, 15), "quarters": 6, **words}
    activity = save_activity(w.coach, None, said, learning=learning)
    put_proof(w.coach, file, activity=activity)
    shown = w.show_sheet("coachee", Portal.COACHEE, w.mission)
    there = w.show_sheet("sponsor", Portal.ORGANISATION, w.mission)
    once = sheets.publish(w.coach)
    sheets.unpublish(w.coach, once)
    return Competence(activity, proof, shown, there, _elsewhere(w), once)


def _elsewhere(w: World) -> PublicSheet:
    viewer = w.viewer("coach_elsewhere", Portal.COACH, w.elsewhere)
    words = {
        name: w.plant(f"development.Qualification.{name}", *PERSONAS, "anonymous")
        for name in ("title", "body")
    }
    save_qualification(viewer, None, {**words, "obtained_on": date(2019, 5, 2)})
    return sheets.publish(viewer)
