"""What belongs to a conversation passes the wall as the conversation itself does."""

from django.db import migrations

from luisterloket.platform.walls import OF_MY_CASE, OF_MY_UNIT, protect

MINE = f"{OF_MY_UNIT} OR {OF_MY_CASE}"


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_conversations")]

    operations = [
        *protect("casework_conversation", rows=MINE),
        *protect("casework_answer", rows=MINE),
        *protect("casework_check", rows=MINE),
        *protect("casework_intakewriter", rows=OF_MY_UNIT),
    ]
