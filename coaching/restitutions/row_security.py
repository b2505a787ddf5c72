"""Row-level security of what was released, on PostgreSQL: a second lock, in the engine itself (ring 4).

Whatever query asks, a released restitution is there for the mission's coach, the coachee it is about, and whoever holds
the seat it is addressed to at that moment. The coach alone puts one there, and nobody changes or deletes it.
"""

from coaching.vault.row_security import VIEWER

TABLES = ("restitutions_releasedrestitution",)
COACH = (
    "EXISTS (SELECT 1 FROM missions_mission m WHERE m.id = restitutions_releasedrestitution.mission_id"  # noqa: S608  constants of this file
    f" AND m.coach_id = {VIEWER})"
)
SEATED = (
    "EXISTS (SELECT 1 FROM missions_seat s JOIN clients_person p ON p.id = s.person_id"  # noqa: S608  constants of this file
    f" WHERE p.user_id = {VIEWER} AND s.ended_at IS NULL"
    " AND (s.id = restitutions_releasedrestitution.seat_id"
    " OR (s.mission_id = restitutions_releasedrestitution.mission_id"
    " AND s.role = restitutions_releasedrestitution.addressee)))"
)
POLICIES = (
    f"CREATE POLICY readers ON restitutions_releasedrestitution FOR SELECT USING ({COACH} OR {SEATED})",
    f"CREATE POLICY release ON restitutions_releasedrestitution FOR INSERT WITH CHECK ({COACH})",
)
