"""Who hands residents in reads of them: nobody is that together with who gives rights, supervises or decides about money."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

WITH = ["account_admin", "convenant_admin", "privacy_officer", "wijkwethouder"]
PAIRS = ", ".join(f"('{one}', 'reporter', false), ('reporter', '{one}', false)" for one in WITH)


class Migration(migrations.Migration):
    dependencies = [("people", "0025_reporter_role")]

    operations = [
        RunSQL(
            f"INSERT INTO people_rolesapart (role, other, same_unit) VALUES {PAIRS}",  # noqa: S608
            "DELETE FROM people_rolesapart WHERE 'reporter' IN (role, other)",
        )
    ]
