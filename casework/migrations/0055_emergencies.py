"""What is opened in an emergency, and the key by which who is protected is found then."""


import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import luisterloket.platform.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0052_also_tells_of'),
        ('people', '0005_participant_role'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('wijkwerker', 'Wijkwerker'), ('buddy', 'Volunteer'), ('coordinator', 'Team coordinator'), ('specialist', 'Specialist'), ('desk_lead', 'Desk lead'), ('participant', 'Professional at the table'), ('wijkwethouder', 'Wijkwethouder'), ('treasurer', 'Treasurer'), ('convenant_admin', 'Convenant administrator'), ('privacy_officer', 'Privacy officer'), ('rights_handler', 'Rights handler'), ('auditor', 'Auditor')], max_length=20)),
                ('reason', luisterloket.platform.encryption.EncryptedTextField(blank=True, default='')),
                ('sought', luisterloket.platform.encryption.EncryptedTextField(blank=True, default='')),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), size=None)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('status', models.CharField(choices=[('to_review', 'To be reviewed'), ('more_needed', 'More is needed'), ('rightful', 'Rightful'), ('not_rightful', 'Not rightful')], default='to_review', max_length=12)),
                ('review_by', models.DateField()),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('flagged_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BreakGlassWord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('account', 'who opened it'), ('word', 'who sees to the case'), ('outcome', 'the privacy officer')], max_length=8)),
                ('status', models.CharField(blank=True, choices=[('to_review', 'To be reviewed'), ('more_needed', 'More is needed'), ('rightful', 'Rightful'), ('not_rightful', 'Not rightful')], max_length=12)),
                ('text', luisterloket.platform.encryption.EncryptedTextField(blank=True, default='')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AlterField(
            model_name='searchkey',
            name='kind',
            field=models.CharField(choices=[('word', 'a word of the name'), ('sound', 'how a word of the name sounds'), ('name', 'the whole name'), ('born', 'the day of birth'), ('year', 'the year of birth'), ('phone', 'a telephone number'), ('postcode', 'the postcode'), ('identity', 'the whole name and the day of birth'), ('bsn', 'the identity number'), ('ref', 'the reference of who is protected'), ('hidden', 'the whole name and the day of birth of who is protected, for an emergency only')], default='word', max_length=8),
        ),
        migrations.AddIndex(
            model_name='searchkey',
            index=models.Index(condition=models.Q(('kind__in', ['hidden', 'ref'])), fields=['key'], name='search_key_of_protected'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='casework.case'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='who',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglass',
            name='who_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddField(
            model_name='breakglassword',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='breakglassword',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case'),
        ),
        migrations.AddField(
            model_name='breakglassword',
            name='emergency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='casework.breakglass'),
        ),
        migrations.AddField(
            model_name='breakglassword',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
        ),
        migrations.AddIndex(
            model_name='breakglass',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['who', 'until'], name='emergencies_not_ended'),
        ),
        migrations.AddIndex(
            model_name='breakglass',
            index=models.Index(condition=models.Q(('status__in', ['to_review', 'more_needed'])), fields=['review_by'], name='emergencies_to_review'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since')), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('since'), '+', models.Value(datetime.timedelta(days=1))))), name='an_emergency_ends'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('categories', []), _negated=True), name='an_emergency_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('who')), _negated=True), _connector='OR'), name='another_one_reviews_an_emergency'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['to_review', 'more_needed']), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='a_judged_emergency_was_judged_by_someone'),
        ),
    ]
