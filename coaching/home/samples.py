"""Made-up content for the page that shows every component: nobody's words, in French, the first language of the product."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

from coaching.kernel.diff import compare
from coaching.kernel.forms import LongText
from coaching.kernel.gates import Gate, GateResult, GateState
from coaching.kernel.registry import audience
from coaching.kernel.viewer import Portal
from coaching.missions.web.steps import Step

DAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
COLOURS = [
    "paper",
    "sheet",
    "well",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "accent",
    "accent-deep",
    "accent-tint",
    "lead-bg",
    "lead-soft",
    "good",
    "good-tint",
    "warn",
    "warn-tint",
    "bad",
    "bad-tint",
    "focus",
]
STAGES = ("Sollicitation", "Contrat en préparation", "En cours", "Terminée")
BEFORE = "Je voudrais apprendre à déléguer, et dire non plus souvent."
AFTER = "Je voudrais apprendre à déléguer pour de bon, et oser dire non au comité."


class SampleForm(forms.Form):
    """One field of each kind."""

    quiet = True  # it must not take the focus of the page
    name = forms.CharField(label="Un texte court", help_text="Ce qui aide est écrit avant le champ.")
    words = LongText(label="Un texte long", rows=3)
    day = forms.DateField(label="Une date", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    kind = forms.ChoiceField(label="Un choix", choices=[("a", "Individuelle"), ("b", "Équipe")])
    payer = forms.ChoiceField(
        label="Un choix ouvert",
        choices=[("a", "Une organisation"), ("b", "La personne")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Une case à cocher", required=False)


def everything() -> dict:
    """Each component's arguments, state by state."""
    return {
        "colours": [(f"--{name}", f"var(--{name})") for name in COLOURS],
        "stage_bars": [_stages(here) for here in range(len(STAGES))] + [_refused()],
        "audiences": [
            audience(path, portal)
            for path, portal in (
                ("missions.RequestVersion.sealed_ref", Portal.COACH),
                ("missions.RequestVersion.sealed_ref", Portal.COACHEE),
                ("missions.RequestVersion.text", Portal.ORGANISATION),
                ("missions.ConflictDeclaration.statement", Portal.COACH),
                ("accounts.Practice.name", None),
            )
        ],
        "events": _events(),
        "diff": compare(BEFORE, AFTER),
        "gates": _gates(),
        "reasons": [("La fiche de contexte est remplie", "L’organisation se crée en janvier.")],
        "chart": [("Sollicitation", 2, ""), ("Contrat en préparation", 4, ""), ("En cours", 7, ""), ("Terminée", 0, "")],
        "sample_form": SampleForm(prefix="plain", initial={"words": BEFORE}),
        "refused_form": SampleForm({"refused-name": "", "refused-words": BEFORE, "refused-day": "demain"}, prefix="refused"),
        "pages": Paginator(range(30), 10).page(2),
        "facts": [("Référence", "M-7K3FQ9XW2D"), ("Début", DAY.date()), ("Séances", 8), ("Vide", "")],
        "left": {"title": "La demande de l’organisation", "text": BEFORE, "author": "Sofia Lopez", "when": DAY, "state": "Confirmée",
                 "tone": "good", "audience": audience("missions.RequestVersion.text", Portal.COACH)},
        "right": {"title": "La demande de la personne coachée", "empty": "Pas encore formulée.",
                  "audience": audience("missions.RequestVersion.sealed_ref", Portal.COACH)},
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "day": DAY,
        "notices": [SimpleNamespace(tags=tag, text=text) for tag, text in (
            ("good", "C’est enregistré."), ("warn", "Un rappel est déjà parti aujourd’hui."), ("bad", "Rien n’a été envoyé."), ("", "À savoir."),
        )],
    }  # fmt: skip


def _stages(here: int) -> list[Step]:
    return [
        Step(label, "done" if place < here else "current" if place == here else "next")
        for place, label in enumerate(STAGES)
    ]


def _refused() -> list[Step]:
    return [Step("Sollicitation", "done"), Step("Refusée", "current")]


def _events() -> list[SimpleNamespace]:
    kinds = ("contract.read", "contract.share", "request.validate", "request.write", "mission.begin")
    return [SimpleNamespace(kind=kind, at=DAY - timedelta(hours=9 * n)) for n, kind in enumerate(kinds)]


def _gates() -> list[GateState]:
    held = Gate("a", "demande-formulee", "Les deux demandes sont enregistrées")
    to_do = Gate("b", "respect-personnes", "Une déclaration sur les conflits d’intérêts est faite")
    passable = Gate("c", "protection-organisations", "La fiche de contexte est remplie", overridable=True)
    return [
        GateState(held, GateResult(True)),
        GateState(to_do, GateResult(False, "La déclaration manque encore.", "/design/")),
        GateState(passable, GateResult(False, "Deux rubriques sont vides.", "/design/")),
    ]
