"""A grant is about a resident: it passes the wall for its case and for who handles the money of the wijk."""

from django.db import migrations

from luisterloket.platform.walls import OF_MY_CASE, OF_MY_MONEY, OF_MY_UNIT, protect


class Migration(migrations.Migration):
    dependencies = [("wijkbegroting", "0002_ledger"), ("casework", "0003_walls")]

    operations = [
        *protect("wijkbegroting_maatwerkgrant", rows=f"{OF_MY_UNIT} OR {OF_MY_CASE} OR {OF_MY_MONEY}"),
    ]
