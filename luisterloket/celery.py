"""The queue: worker and beat. A lost task costs only time, because every job finds its work in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luisterloket.settings")
# Jobs see ids, clocks and units, and no story (decision 0004).
os.environ.setdefault("DATABASE_ROLE", "luisterloket_jobs")

app = Celery("luisterloket")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["luisterloket.platform", "luisterloket.people", "luisterloket.convenant", "luisterloket.connections", "casework", "backoffice"]
)
