"""Everyone keeps their own choices; jobs read them to know when to mail."""

from django.db import migrations

from luisterloket.platform.walls import ACTOR, protect


class Migration(migrations.Migration):
    dependencies = [("people", "0020_notification_settings"), ("platform", "0003_walls")]

    operations = [*protect("people_notificationsettings", rows=f"user_id = {ACTOR}", jobs="SELECT")]
