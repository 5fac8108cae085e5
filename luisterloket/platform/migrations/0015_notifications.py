"""What someone is told in the application and by mail, whose mails go in order, and until when a failed event rests."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("platform", "0011_jobs_walls")]

    operations = [
        migrations.AddField("outboxevent", "next_try_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "outboxevent",
            models.Index(
                fields=["thing_id"], name="outbox_failing", condition=models.Q(("attempts__gt", 0), ("delivered_at", None))
            ),
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("event_id", models.UUIDField()),
                ("recipient_id", models.UUIDField()),
                ("kind", models.CharField(max_length=60)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("mail_at", models.DateTimeField(null=True)),
                ("in_digest", models.BooleanField(default=False)),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event_id", "recipient_id"), name="told_once"),
                    models.CheckConstraint(
                        name="mailed_only_when_planned",
                        condition=models.Q(("mailed_at", None), ("mail_at__isnull", False), _connector="OR"),
                    ),
                ],
                "indexes": [
                    models.Index(fields=["recipient_id"], name="notifications_unread", condition=models.Q(("read_at", None))),
                    models.Index(fields=["recipient_id", "-at"], name="notifications_of_a_person"),
                    models.Index(
                        fields=["mail_at", "recipient_id"],
                        name="notifications_to_mail",
                        condition=models.Q(("mail_at__isnull", False), ("mailed_at", None), ("read_at", None)),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailQueue",
            fields=[
                ("recipient_id", models.UUIDField(primary_key=True, serialize=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=60)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("digest_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
