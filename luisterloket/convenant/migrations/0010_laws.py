"""A ground points at a law of the register, which says whether it is in force. The Wams stands there and is off."""

import uuid
from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Min
from django.utils.text import slugify

# Code, name, in force since. Read in November 2026; the administrator keeps them from here on.
CHECKED = date(2026, 11, 26)
LAWS = [
    ("wmo-2015", "Wmo 2015", date(2015, 1, 1), ""),
    ("jeugdwet", "Jeugdwet", date(2015, 1, 1), ""),
    ("participatiewet", "Participatiewet", date(2015, 1, 1), ""),
    ("wgs", "Wet gemeentelijke schuldhulpverlening", date(2012, 7, 1), ""),
    ("wpg", "Wet publieke gezondheid", date(2008, 12, 1), ""),
    ("wgbo", "Wgbo (Burgerlijk Wetboek, boek 7)", date(1995, 4, 1), ""),
    ("politiewet-2012", "Politiewet 2012", date(2013, 1, 1), ""),
    ("avg", "AVG", date(2018, 5, 25), ""),
    ("uavg", "UAVG", date(2018, 5, 25), ""),
    ("awr", "Algemene wet inzake rijksbelastingen", date(1959, 10, 1), ""),
    ("wams", "Wams (Wet aanpak meervoudige problematiek sociaal domein)", None, "Wetsvoorstel 36 295: nog geen wet."),
]


def fill(apps, _editor) -> None:
    law, ground = apps.get_model("convenant", "Law"), apps.get_model("convenant", "LegalGround")
    for code, name, since, note in LAWS:
        law.objects.create(code=code, name=name, in_force_since=since, note=note, checked_on=CHECKED)
    known = {one.name: one.pk for one in law.objects.all()}
    # What an installation wrote itself stays in force as it was, from the first day of the first version that named it.
    for name, since in ground.objects.values_list("law_text").annotate(since=Min("party__version__starts_on")):
        if name not in known:
            code = slugify(name)[:45] or "wet"
            code = code if not law.objects.filter(code=code).exists() else f"{code}-{law.objects.count()}"
            known[name] = law.objects.create(code=code, name=name, in_force_since=since).pk
        ground.objects.filter(law_text=name).update(law_id=known[name])


def name_again(apps, _editor) -> None:
    """Back to a name in each ground."""
    law, ground = apps.get_model("convenant", "Law"), apps.get_model("convenant", "LegalGround")
    for pk, name in law.objects.values_list("pk", "name"):
        ground.objects.filter(law=pk).update(law_text=name)


class Migration(migrations.Migration):
    dependencies = [("convenant", "0007_retention_terms")]

    operations = [
        migrations.CreateModel(
            name="Law",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("in_force_since", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("checked_on", models.DateField(blank=True, null=True)),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.RenameField("legalground", "law", "law_text"),
        migrations.AddField(
            "legalground",
            "law",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="convenant.law"
            ),
        ),
        migrations.RunPython(fill, name_again),
    ]
