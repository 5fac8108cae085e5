"""Help of a minute, and each time someone was or could not be reached."""

from datetime import date

from django.utils.translation import gettext as _

from casework import permissions
from casework.models import Case, ContactMoment, Intake, ShortContact
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.drafts import drop_draft
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .intakes import save_sheet, start_intake
from .refusals import Missing, not_to_come

SHORT_CONTACT = "short contact"


@command
def note_short_contact(*, actor: User, unit: Unit, done: str, text: str, domain: str = "", who: str = "") -> ShortContact:
    """Keep what was done in a minute. No name is needed, and nobody's minutes are counted (capability C59)."""
    permissions.check_may_listen(actor, unit.pk)
    if not text.strip():
        raise Missing(_("Write in a few words what it was about."), code="no_text", field="text")
    contact = ShortContact(unit=unit, noted_by=actor, done=done, text=text, domain=domain, who=who)
    contact.put()
    record(actor, "short_contact.noted", contact, done=done, domain=domain)
    drop_draft(actor=actor, form=SHORT_CONTACT)
    return contact


@command
def amend_short_contact(
    *, actor: User, contact: ShortContact, done: str, text: str, domain: str = "", who: str = ""
) -> ShortContact:
    """Put right what one noted oneself, as long as nothing came of it; after that it is put right where it went on."""
    contact = _own(actor, contact)
    _not_in_a_case(contact)
    _not_in_an_intake(contact)
    contact.done, contact.text, contact.domain, contact.who = done, text, domain, who
    contact.full_clean(exclude=["unit", "noted_by", "intake", "case"])
    contact.save(update_fields=["done", "text", "domain", "who"])
    record(actor, "short_contact.amended", contact)
    return contact


@command
def start_intake_from(*, actor: User, contact: ShortContact) -> Intake:
    """There is more to it: what was typed becomes the beginning of a conversation. A second tap leads to the same one."""
    contact = _own(actor, contact)
    permissions.check_may_listen(actor, contact.unit_id)
    if contact.intake is not None:
        return contact.intake
    _not_in_a_case(contact)
    intake = start_intake(actor=actor, unit=contact.unit)
    intake = save_sheet(
        actor=actor,
        intake=intake,
        revision=intake.revision,
        values={"own_words": contact.text, "known_as": contact.who},
    )
    contact.intake = intake
    contact.save(update_fields=["intake"])
    record(actor, "short_contact.became_intake", contact, intake=str(intake.pk))
    return intake


@command
def link_to_case(*, actor: User, contact: ShortContact, case: Case) -> ShortContact:
    """The person turns out to be known: from here who works on the case reads it there."""
    contact = _own(actor, contact)
    permissions.check_may_add(actor, case, permissions.category_of_contact(contact))
    if contact.case_id == case.pk:
        return contact
    _not_in_a_case(contact)
    _not_in_an_intake(contact)
    contact.case = case
    # The wall of the database goes by the unit of the case, also when the contact was in another wijk.
    contact.unit_id = case.unit_id
    contact.save(update_fields=["case", "unit"])
    record(actor, "short_contact.linked", contact)
    touch(case)
    return contact


@command
def note_contact_moment(
    *, actor: User, case: Case, on: date, part_of_day: str, kind: str, result: str, text: str = ""
) -> ContactMoment:
    """Someone was spoken with, or could not be reached."""
    permissions.check_may_add(actor, case, "story")
    not_to_come(on, field="on")
    moment = ContactMoment(
        unit_id=case.unit_id, case=case, spoke=actor, on=on, part_of_day=part_of_day, kind=kind, result=result, text=text
    )
    moment.put()
    record(actor, f"contact.{result}", moment, kind=kind)
    drop_draft(actor=actor, form=f"contact {case.pk}")
    touch(case)
    return moment


@command
def amend_contact_moment(
    *, actor: User, case: Case, moment: ContactMoment, on: date, part_of_day: str, kind: str, result: str, text: str = ""
) -> ContactMoment:
    """Put right how it went. How it was noted first stays in the history of the row, and who spoke stays who spoke."""
    permissions.check_may_add(actor, case, "story")
    not_to_come(on, field="on")
    moment = ContactMoment.objects.select_for_update(no_key=True).get(pk=moment.pk, case=case)
    moment.on, moment.part_of_day, moment.kind, moment.result, moment.text = on, part_of_day, kind, result, text
    moment.full_clean(exclude=["unit", "case", "spoke"])
    moment.save()
    record(actor, "contact.amended", moment)
    touch(case)
    return moment


def _own(actor: User, contact: ShortContact) -> ShortContact:
    """The row as it is now, held until the transaction ends."""
    permissions.check_may_use_contact(actor, contact)
    return ShortContact.objects.select_for_update(no_key=True, of=("self",)).select_related("intake", "unit").get(pk=contact.pk)


def _not_in_a_case(contact: ShortContact) -> None:
    if contact.case_id is not None:
        raise Refused(_("This is part of a case already."), code="state")


def _not_in_an_intake(contact: ShortContact) -> None:
    if contact.intake_id is not None:
        raise Refused(_("A conversation was started from this. It goes along when that becomes a case."), code="state")
