"""Who sees history, outbox and drafts; history never changes."""

from django.db import migrations

from luisterloket.platform.walls import ACTOR, OF_MY_CASE, OF_MY_DESK, OF_MY_MONEY, OF_MY_UNIT, append_only, grant_jobs, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {OF_MY_DESK} OR {OF_MY_MONEY} OR actor_id = {ACTOR}"


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_who_acts")]

    operations = [
        *protect("platform_historyentry", rows=MINE, new_rows=f"actor_id = {ACTOR}", jobs="SELECT, INSERT"),
        *append_only("platform_historyentry"),
        # The application only puts in; jobs take out.
        *protect("platform_outboxevent", rows=OF_MY_UNIT, new_rows="true", jobs="SELECT, INSERT, UPDATE (delivered_at, attempts)"),
        *protect("platform_draft", rows=f"owner_id = {ACTOR}"),
        *grant_jobs("platform_command", "SELECT, INSERT, UPDATE"),
        *grant_jobs("platform_cache", "SELECT, INSERT, UPDATE, DELETE"),
    ]
