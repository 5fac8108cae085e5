"""The first two account administrators; everyone after them is appointed on the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from luisterloket.people import actions, invitations
from luisterloket.people.models import Appointment, Organisation, Unit
from luisterloket.platform.acting import Job

INSTALLATION = Job("create_administrator")
ROLE = "account_admin"
# One proposes and another agrees: so there must be two, and from then on they do the rest themselves.
AT_MOST = 2


class Command(BaseCommand):
    help = (
        "Make the account of an account administrator and print the link by which they choose a passphrase. For the first two only."
        " Runs as the owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, help="name of the organisation; made when it is not there yet")
        parser.add_argument("--office", default="Kantoor", help="name of the office in it; made when it is not there yet")

    def handle(self, *args: Any, email: str, name: str, organisation: str, office: str, **options: Any) -> None:
        try:
            validate_email(email)
            with transaction.atomic():
                link = self._made(email, name, organisation, office)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Once, and for {invitations.DAYS} days:\n{link}")

    def _made(self, email: str, name: str, organisation: str, office: str) -> str:
        there = Appointment.objects.in_force().filter(role=ROLE, user__is_active=True)
        if there.values("user_id").distinct().count() >= AT_MOST:
            raise CommandError("There are two account administrators: let them appoint others on the pages under /beheer/.")
        body = Organisation.objects.filter(name=organisation).first()
        body = body or actions.open_organisation(actor=INSTALLATION, name=organisation)
        unit = Unit.objects.filter(organisation=body, name=office, closed_on=None).first()
        unit = unit or actions.open_unit(actor=INSTALLATION, kind=Unit.Kind.OFFICE, name=office, organisation=body)
        user = actions.open_account(actor=INSTALLATION, email=email, name=name)
        actions.appoint(actor=INSTALLATION, user=user, unit=unit, role=ROLE)
        return invitations.link_of(user)
