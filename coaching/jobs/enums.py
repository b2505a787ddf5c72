from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ALIVE = (JobState.QUEUED, JobState.RUNNING)
