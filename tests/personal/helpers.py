"""Missions that have ended, archives that are packed and fetched, in a few calls."""

import io
import json
import time
import zipfile
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.jobs.models import Job
from coaching.jobs.services import Task
from coaching.missions.models import Mission
from coaching.personal.models import Export
from coaching.personal.services import exporting
from coaching.vault.guard import looking
from coaching.vault.models import Compartment

METHODS = "account_authentication_methods"  # where the sign-in library notes how and when somebody came in


def task(kind: str = exporting.JOB, subject: str = "") -> Task:
    """What the worker would hand over: its job taken, as it takes it."""
    job = Job.unscoped.filter(kind=kind, subject=subject).order_by("-pk").first()
    Job.unscoped.filter(pk=job.pk).update(state="running", claim="c", claimed_at=timezone.now())
    return Task(job.pk, kind, subject, job.practice_ref, 1, "c")


def pack(row: Export) -> Export:
    exporting.pack(task(subject=row.ref))
    return Export.unscoped.get(pk=row.pk)


def just_proved(browser: Client) -> Client:
    """As after giving one's password once more."""
    session = browser.session
    session[METHODS] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session[f"{METHODS}_user"] = session["_auth_user_id"]
    session.save()
    return browser


def archive(browser: Client, portal: str) -> zipfile.ZipFile:
    answer = just_proved(browser).get(reverse(f"{portal}_export_download"))
    assert answer.status_code == 200, answer.status_code
    return zipfile.ZipFile(io.BytesIO(answer.content))


def told(archive: zipfile.ZipFile) -> dict:
    return json.loads(archive.read("donnees.json"))


def rows(said: dict, key: str) -> list[dict]:
    return next((part["rows"] for part in said["parts"] if part["key"] == key), [])


def end(mission: Mission, *, months: float = 0, moment: datetime | None = None) -> Mission:
    """The mission stopped so many months ago: time has passed."""
    moment = moment or timezone.now() - timedelta(days=30.5 * months, hours=1)
    Mission.unscoped.filter(pk=mission.pk).update(state="stopped", stopped_at=moment)
    return Mission.unscoped.select_related("practice", "coach").get(pk=mission.pk)


def open_compartments(world, mission: Mission, *audiences: str) -> int:
    """How many compartments of a mission somebody can still open; the engine shows each to its members alone."""
    found = set()
    for user in world.users.values():
        with looking(user.pk):
            rows = Compartment.unscoped.filter(mission_ref=mission.ref, destroyed_at=None)
            rows = rows.filter(audience__in=audiences) if audiences else rows
            found |= set(rows.values_list("pk", flat=True))
    return len(found)
