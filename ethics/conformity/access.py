"""Reading how the articles of the charter are held, from the evidence rooms have registered. Every function starts from a viewer.

A page of missions, with the words of each, is one question; the standings of a whole practice, without words, another.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from coaching.accounts.models import Membership
from coaching.kernel.evidence import (
    About,
    Found,
    Piece,
    Standing,
    article_standing,
    fact_names,
    pieces,
)
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import coachees_of, missions_dated, missions_for, missions_listed
from coaching.missions.facts import ask_of
from coaching.missions.models import Mission, Override
from coaching.missions.policy import COACH_ALONE, OPEN_STATES

from .judging import Figures, Words, standings_of, words_of
from .policy import COACH_RULES

MISSION = (
    "pk",
    "ref",
    "state",
    "created_at",
    "opened_at",
    "activated_at",
    "refused_at",
    "stopped_at",
    "organisation__ref",
)
COACH = ("pk", "user_id", "practice_id")
PAGE = 10  # missions a page goes through article by article; they are one question


def _columns(rows: QuerySet, base: tuple[str, ...], some: list[Piece]) -> QuerySet:
    """``base``, then of each piece its standing and its facts."""
    added = {}
    for number, piece in enumerate(some):
        added[f"standing_{number}"] = piece.standing()
        added |= {f"fact_{number}_{name}": value for name, value in piece.facts().items()}
    return rows.annotate(**added).values_list(*base, *added)


def _found(row: tuple, base: tuple[str, ...], some: list[Piece]) -> Iterator[tuple[Standing, Found]]:
    """The same read back, piece by piece."""
    said = {name.replace("__", "_"): value for name, value in zip(base, row, strict=False)}
    values = iter(row[len(base) :])
    for piece in some:
        standing = Standing(next(values))
        yield standing, Found(**said, **{name: next(values) for name in fact_names(piece)})


def words_of_missions(viewer: Viewer, missions: list[Mission]) -> dict[int, Words]:
    """By mission, what each article's pieces say of it, for its coach; one question for a page of them.

    Of missions the viewer has just been shown; nothing behind any other portal.
    """
    if viewer.portal != Portal.COACH:
        return {}
    some = pieces(About.MISSION)
    rows = ask_of(_worded, viewer, missions)
    return {row[0]: words_of(some, _found(row, MISSION, some)) for row in rows}


@prepared
def _worded(viewer: Viewer, **missions: int) -> QuerySet:
    rows = missions_for(viewer).select_related(None).order_by().filter(pk__in=missions.values())
    return _columns(rows, MISSION, pieces(About.MISSION))


def words_of_coach(viewer: Viewer) -> Words:
    """What the coach's own duties rest on, for themself."""
    some = pieces(About.COACH)
    for row in _own(viewer) if viewer.portal == Portal.COACH else ():
        return words_of(some, _found(row, COACH, some))
    return {}


@prepared
def _own(viewer: Viewer) -> QuerySet:
    rows = Membership.objects.visible_to(viewer, COACH_RULES).filter(left_at=None).order_by()
    return _columns(rows, COACH, pieces(About.COACH))


def standings_of_missions(viewer: Viewer, missions: list[Mission]) -> dict[int, dict[str, Standing]]:
    """By mission, how its articles stand, as far as the viewer's portal may be told. One question for a page of them."""
    some = pieces(About.MISSION, viewer.portal)
    rows = ask_of(_of_page, viewer, missions)
    return {row[0]: standings_of(some, row[1:]) for row in rows}


@prepared
def _of_page(viewer: Viewer, **missions: int) -> QuerySet:
    rows = missions_for(viewer).select_related(None).order_by().filter(pk__in=missions.values())
    return _standings(rows, "pk", portal=viewer.portal)


def _standings(rows: QuerySet, *base: str, portal: Portal, about: About = About.MISSION) -> QuerySet:
    added = {f"standing_{number}": one.standing() for number, one in enumerate(pieces(about, portal))}
    return rows.annotate(**added).values_list(*base, *added)


def figures_of_missions(viewer: Viewer, portal: Portal) -> dict[int, Figures]:
    """Counts by coach over every mission the viewer may see, from what ``portal`` may be told. One question, as long as they are many."""
    some, found = pieces(About.MISSION, portal), {}
    for coach_id, *standings in _all(viewer, portal):
        found.setdefault(coach_id, Figures()).take(standings_of(some, standings))
    return found


@prepared
def _all(viewer: Viewer, portal: Portal) -> QuerySet:
    return _standings(missions_for(viewer).select_related(None).order_by(), "coach_id", portal=portal)


def figures_of_coaches(viewer: Viewer, portal: Portal) -> dict[int, Figures]:
    """The same of the duties that are a coach's own, missions or none; each coach counts once."""
    some, found = pieces(About.COACH, portal), {}
    for user_id, *standings in _coaches(viewer, portal):
        found.setdefault(user_id, Figures()).take(standings_of(some, standings))
    return found


@prepared
def _coaches(viewer: Viewer, portal: Portal) -> QuerySet:
    rows = Membership.objects.visible_to(viewer, COACH_RULES).filter(left_at=None).order_by()
    return _standings(rows, "user_id", portal=portal, about=About.COACH)


def coaches_for(viewer: Viewer) -> dict[int, str]:
    """Names of the practice's coaches, those who have left too, for its administrator."""
    rows = Membership.objects.visible_to(viewer, COACH_RULES).order_by("user__name")
    return dict(rows.values_list("user_id", "user__name"))


def own_coach_standings(viewer: Viewer, mission: Mission) -> dict[str, Standing]:
    """How the duties of a mission's coach stand, for somebody at its table who has just been shown it."""
    some = pieces(About.COACH, viewer.portal)
    rows = Membership.unscoped.filter(practice_id=mission.practice_id, user_id=mission.coach_id).order_by()
    found = list(_standings(rows, "user_id", portal=viewer.portal, about=About.COACH)) if some else []
    return standings_of(some, found[0][1:]) if found else {}


def mission_keys(viewer: Viewer, article: str = "", standing: Standing | None = None) -> list[int]:
    """Keys of the viewer's missions, those under way first, then the latest; of those alone whose ``article`` stands so.

    Keys and nothing else, so that thousands cost little; an article is judged on all of them, live.
    """
    if article and standing is not None:
        return [row[0] for row in _stand(viewer, article, standing.value)]
    return [row[0] for row in _keys(viewer)]


def keys_to_do_first(viewer: Viewer) -> list[int]:
    """The same, those with something to do before the others: for as many missions as are judged at each look."""
    return [row[0] for row in _to_do_first(viewer)]


@prepared
def _to_do_first(viewer: Viewer) -> QuerySet:
    worst = article_standing(pieces(About.MISSION, viewer.portal))
    done = Case(
        When(worst=Standing.TO_DO.value, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = _first_open(missions_for(viewer).alias(worst=worst))
    return rows.alias(done=done).order_by("done", "over", "-pk")


def _first_open(rows: QuerySet) -> QuerySet:
    over = Case(
        When(state__in=sorted(OPEN_STATES), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.select_related(None).annotate(over=over).order_by("over", "-pk").values_list("pk")


@prepared
def _keys(viewer: Viewer) -> QuerySet:
    return _first_open(missions_for(viewer))


@prepared
def _stand(viewer: Viewer, article: str, standing: int) -> QuerySet:
    some = pieces(About.MISSION, viewer.portal, article)
    rows = missions_for(viewer)
    if not some:
        return _first_open(rows.none())
    return _first_open(rows.alias(stands=article_standing(some)).filter(stands=standing))


def missions_by_key(viewer: Viewer, keys: Iterable[int]) -> list[Mission]:
    """Those missions, a page of them at most, in that order, as a list names them; for the administrator without a title."""
    wanted = list(keys)
    found = {mission.pk: mission for mission in ask_of(_by_key, viewer, [Mission(pk=key) for key in wanted])}
    return [found[key] for key in wanted if key in found]


@prepared
def _by_key(viewer: Viewer, **missions: int) -> QuerySet[Mission]:
    rows = missions_dated(viewer) if viewer.portal == Portal.PRACTICE else missions_listed(viewer)
    return rows.filter(pk__in=missions.values())


def overrides_for(viewer: Viewer) -> QuerySet[Override]:
    """Every gate passed with a reason on the coach's missions, the last first; nobody else reads one."""
    rows = Override.objects.visible_to(viewer, COACH_ALONE).select_related("mission", "mission__organisation")
    return rows.order_by("-decided_at", "-pk")


def overrides_counted(viewer: Viewer) -> QuerySet[Override]:
    """That there were some, of which mission and article and when: the administrator's. The reason is not even read."""
    rules = {Portal.PRACTICE: lambda v: Q(mission__practice_id=v.practice_id)}
    rows = Override.objects.visible_to(viewer, rules).select_related("mission", "mission__coach")
    return rows.only("article", "decided_at", "mission__ref", "mission__coach__name").order_by(
        "-decided_at", "-pk"
    )


def names_of(viewer: Viewer, missions: list[Mission]) -> dict[int, list[str]]:
    """Their coachees, for whoever may read them."""
    return coachees_of(viewer, missions)
