"""Whatever else belongs to a case is not there either for whom the case is not (capability C35)."""

from django.db import migrations

from luisterloket.platform.walls import CASE_IS_OPEN, narrow

OF_A_CASE = [
    "conversation",
    "answer",
    "check",
    "shortcontact",
    "contactmoment",
    "incomeline",
    "costline",
    "debt",
    "residentmerge",
    "casesummary",
    "historicalsupportperson",
    "historicalcontactmoment",
    "historicalincomeline",
    "historicalcostline",
    "historicaldebt",
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_summary_walls")]

    operations = [operation for table in OF_A_CASE for operation in narrow(f"casework_{table}", rows=CASE_IS_OPEN)]
