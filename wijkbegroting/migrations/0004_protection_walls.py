"""A grant of a case that is kept for named people is not there for colleagues; who decides, pays or audits has no files of it."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, OF_MY_UNIT, narrow


class Migration(migrations.Migration):
    dependencies = [("wijkbegroting", "0003_walls"), ("casework", "0014_protection_walls")]

    operations = [*narrow("wijkbegroting_maatwerkgrant", rows=f"{CASE_IS_OPEN} OR ({OF_MY_UNIT}) IS NOT TRUE")]
