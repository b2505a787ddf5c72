"""The four standings, as pages, addresses and documents name them."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.evidence import Standing

S = Standing
LABELS = {
    S.TO_DO: _("To do"),
    S.OVERRIDDEN: _("Overridden with a reason"),
    S.HELD: _("Held, with evidence"),
    S.NOT_APPLICABLE: _("Not applicable"),
}
CODES = {standing: standing.name.lower() for standing in LABELS}
BY_CODE = {code: standing for standing, code in CODES.items()}
TONES = {S.TO_DO: "warn", S.OVERRIDDEN: "accent", S.HELD: "good", S.NOT_APPLICABLE: "neutral"}
ICONS = {S.TO_DO: "circle", S.OVERRIDDEN: "scale", S.HELD: "circle-check", S.NOT_APPLICABLE: "eye-off"}
