"""What background jobs may know of people: whom to mail, and who works where."""

from django.db import migrations

from luisterloket.platform.walls import grant_jobs


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        *grant_jobs("people_user", "SELECT (id, email, name, is_active)"),
        *grant_jobs("people_appointment", "SELECT"),
        *grant_jobs("people_unit", "SELECT"),
    ]
