"""Who plays in the demo practice. All of them share one password, printed by ``make run``."""

from dataclasses import dataclass

from coaching.accounts.models import Membership, User
from coaching.accounts.services import create_user
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault import keyring
from coaching.vault.services.pairs import open_by_password

PASSWORD = "bonne-posture-2026"  # noqa: S105  of throw-away accounts, and public


@dataclass(frozen=True, slots=True)
class Player:
    email: str
    name: str
    shows: str = ""
    language: str = "fr"


COACH = Player("coach@demo.test", "Hélène Aubry", "a coach, who also runs the practice")
COLLEAGUE = Player("colleague@demo.test", "Yann Le Goff", "a coach of the same practice")
COACHEE = Player("coachee@demo.test", "Inès Carpentier", "a coachee")
SPONSOR = Player("sponsor@demo.test", "Sofia Lopez", "an HR sponsor, also a coachee elsewhere")
MANAGER = Player("manager@demo.test", "Bruno Keller", "a manager")
ADMIN = Player("admin@demo.test", "Odile Perrin", "the practice’s administrator")
RECOURSE = Player(
    "recourse@demo.test", "Anne-Lise Roussel", "the recourse person, to whom a coachee has written"
)
SIGN_INS = (COACH, COLLEAGUE, COACHEE, SPONSOR, MANAGER, ADMIN, RECOURSE)

MARC = Player("marc.delorme@demo.test", "Marc Delorme")
AWA = Player("awa.ndiaye@demo.test", "Awa Ndiaye")
LUC = Player("luc.besnard@demo.test", "Luc Besnard")
FATIMA = Player("fatima.haddad@demo.test", "Fatima Haddad")
PAULINE = Player("pauline.roy@demo.test", "Pauline Roy")
THEO = Player("theo.marchal@demo.test", "Théo Marchal")
GRACE = Player("grace.whitmore@demo.test", "Grace Whitmore", language="en")
DANIEL = Player("daniel.osei@demo.test", "Daniel Osei", language="en")
CLAIRE = Player("claire.morel@demo.test", "Claire Morel")
JEANNE = Player("jeanne.vidal@demo.test", "Jeanne Vidal")


def account(player: Player) -> User:
    """The player's account, made on first use."""
    known = User.objects.filter(email=player.email).first()
    return known or create_user(
        email=player.email, name=player.name, password=PASSWORD, language=player.language
    )


def key_of(user_id: int) -> keyring.Key | None:
    """The key of a player, opened with the password they share, when a stage seals or reads in their name."""
    user = User.objects.get(pk=user_id)
    opened = user.check_password(PASSWORD) and open_by_password(user, PASSWORD)
    return keyring.find(user_id) if opened else None


def as_viewer(player: Player, portal: Portal) -> Viewer:
    """The player behind one portal of the demo practice."""
    user, practice = account(player), demo_practice()
    return Viewer(user.pk, user.ref, practice.pk, practice.ref, portal)


def as_coach(player: Player) -> Viewer:
    return as_viewer(player, Portal.COACH)


def demo_practice():
    member = Membership.unscoped.select_related("practice").get(user__email=COACH.email)
    return member.practice


def is_there() -> bool:
    """The demo practice has been begun in this database."""
    return Membership.unscoped.filter(user__email=COACH.email).exists()
