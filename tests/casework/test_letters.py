"""Letters: filled with what the writer may see and the readers may read, read first where it must be, and fixed for ever."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from casework import actions, letters, paper
from casework.domains import Severity
from casework.models import CaseMember, Involvement, Letter
from luisterloket.convenant.models import Authorisation
from luisterloket.platform import today as vandaag
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
DOMAINS = {"housing": "housing", "finances": "finances", "physical_health": "health", "mental_health": "mental_health",
           "addiction": "addiction", "justice": "justice", "work": "work"}  # fmt: skip


@pytest.fixture
def case(city):
    case = a_case(city.marit, city.unit("schilderswijk"), address="Hoefkade 12")
    actions.join_case(actor=city.bram, case=case, reason="asked")
    return case


def main(city, case):
    with acting(city.marit.acting):
        return CaseMember.objects.select_related("resident").get(case=case, part="main").resident


def written(city, case, *, text="verklaring.nl", by=None, **more):
    told = {"to": "outside", "way": "post", "to_name": "Energie Zuid"} | more
    return actions.write_letter(actor=by or city.marit, case=case, text=text, **told)


def complete(city, letter, by=None):
    body = re.sub(r"\[[^\]]*\]", "ingevuld", letter.body)
    return actions.reword_letter(actor=by or city.marit, letter=letter, revision=letter.revision, subject=letter.subject, body=body)


def ready(city, letter, by=None):
    letter = complete(city, letter, by)
    return actions.fix_letter(actor=by or city.marit, letter=letter, revision=letter.revision)


def template(city, body, code="alles", category="story"):
    details = {"code": code, "language": "nl", "name": "Alles", "category": category, "subject": "Over u", "version": 0}
    return actions.keep_letter_template(actor=city.petra, body=body, **details)


def lines(user):
    with acting(user.acting):
        return [line.item for line in vandaag.page(user, everything=True).lines if "/brieven/" in line.item.url]


def test_a_letter_is_begun_filled_in_made_ready_and_sent(city, sign_in, case):
    client = sign_in(city.marit)
    form = {"text": "uitstel.nl", "whom": "outside", "to_name": "Energie Zuid", "to_address": "Postbus 1", "way": "post"}
    answer = client.post(address("case-letters", case), {**form, "command_key": str(uuid4())})
    with acting(city.marit.acting):
        letter = Letter.objects.get(case=case)
    assert answer.url == address("case-letter-words", case, letter.pk)
    assert "Rachida Amrani" in letter.body
    assert set(letter.categories) == {"finances", "identity"}
    # What is still to be written keeps it from being ready.
    assert client.post(address("case-letter-act", case, letter.pk, "klaar"), {"revision": 0}).status_code == 200
    words = {"revision": 0, "subject": "Uitstel", "body": "Wij vragen om uitstel.", "to_name": "Energie Zuid"}
    client.post(address("case-letter-words", case, letter.pk), words)
    client.post(address("case-letter-act", case, letter.pk, "klaar"), {"revision": 1})
    assert len(lines(city.marit)) == 1
    html = client.get(address("case-letter", case, letter.pk)).content.decode()
    assert "Luisterloket Schilderswijk" in html
    if paper.can_make_pdf():
        assert client.get(address("case-letter-paper", case, letter.pk)).content.startswith(b"%PDF-")
    today = f"{timezone.localdate():%Y-%m-%d}"
    client.post(address("case-letter-act", case, letter.pk, "verstuurd"), {"sent_on": today})
    with acting(city.marit.acting):
        letter = Letter.objects.get(case=case)
    assert (letter.status, letter.sent_by) == ("sent", city.marit)
    assert lines(city.marit) == []


def test_what_was_fixed_never_changes_and_what_was_sent_not_at_all(city, case):
    letter = ready(city, written(city, case))
    with pytest.raises(Refused):
        actions.reword_letter(actor=city.marit, letter=letter, revision=letter.revision, subject="Anders", body="Anders")
    letter.subject = "Anders"
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
        letter.save()
    letter = actions.send_letter(actor=city.bram, letter=letter, sent_on=timezone.localdate())
    for action in (actions.drop_letter, actions.send_letter):
        with pytest.raises(Refused):
            action(actor=city.marit, letter=letter, **({"sent_on": timezone.localdate()} if action is actions.send_letter else {}))
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), acting(city.marit.acting):
        Letter.objects.filter(pk=letter.pk).update(sent_on=timezone.localdate() - timedelta(days=1))


def test_two_who_write_at_once_lose_nothing(city, sign_in, case):
    letter = written(city, case)
    actions.reword_letter(actor=city.bram, letter=letter, revision=0, subject="Van Bram", body="Bram schreef dit.")
    form = {"revision": 0, "subject": "Van Marit", "body": "Marit schreef dit."}
    html = sign_in(city.marit).post(address("case-letter-words", case, letter.pk), form).content.decode()
    assert "Bram schreef dit." in html
    assert "Marit schreef dit." in html
    assert 'name="revision" value="1"' in html


def test_what_is_of_a_category_comes_in_a_letter_and_its_pdf_only_for_who_may_see_it(city, sign_in, case):
    markers = {}
    for domain, category in DOMAINS.items():
        markers[category] = f"Merkteken-{category}"
        heard = {"domain": domain, "severity": Severity.HEAVY, "text": markers[category]}
        actions.add_concern(actor=city.marit, case=case, **heard)
    template(city, "\n".join(f"{{{{ zorg_{category} }}}}" for category in markers))
    whole = written(city, case, text="alles.nl")
    assert all(marker in whole.body for marker in markers.values())
    assert set(whole.categories) == {"story", *markers}
    whole = ready(city, whole)
    with writes.allowed():
        Authorisation.objects.filter(category_id__in=["health", "justice"], role="wijkwerker").delete()
    part = written(city, case, text="alles.nl", by=city.bram)
    assert markers["housing"] in part.body
    for category in ("health", "justice"):
        assert markers[category] not in part.body
        assert category not in part.categories
    # The other letter is not there for him, in no way at all.
    client = sign_in(city.bram)
    assert whole.pk != part.pk
    for name, rest in (("case-letter", []), ("case-letter-words", []), ("case-letter-paper", [])):
        assert client.get(address(name, case, whole.pk, *rest)).status_code == 404
    assert client.post(address("case-letter-act", case, whole.pk, "niet")).status_code == 404
    assert str(whole.pk) not in client.get(address("case-letters", case)).content.decode()
    assert str(whole.pk) not in client.get(address("case-timeline", case)).content.decode()
    with pytest.raises(NotAllowed):
        actions.send_letter(actor=city.bram, letter=whole, sent_on=timezone.localdate())
    # The coordinator still may.
    assert client is sign_in(city.hakan)


def test_neither_a_buddy_nor_a_desk_nor_another_wijk_reads_or_writes_one(city, sign_in, case):
    letter = written(city, case)
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    for user, status in ((city.fatna, 403), (city.joost, 404), (city.noor, 404)):
        assert sign_in(user).get(address("case-letter", case, letter.pk)).status_code == status
        with pytest.raises(PermissionDenied):
            written(city, case, by=user)


def test_a_secret_address_and_who_may_not_be_written_to_get_no_post(city, case):
    resident = main(city, case)
    home = {"to": "household", "resident": resident, "to_name": ""}
    assert written(city, case, **home).to_address == "Hoefkade 12"
    actions.set_reach(actor=city.marit, case=case, resident=resident, address="Hoefkade 12", never_write=True)
    with pytest.raises(Refused):
        written(city, case, **home)
    assert written(city, case, **home, way="in_hand").to_address == ""


def test_who_decides_on_the_money_is_named_before_a_letter_goes_to_the_home(city, sign_in, case):
    resident = main(city, case)
    actions.add_representative(
        actor=city.marit, case=case, resident=resident, kind="bewindvoerder", scope="money", name="J. de Wit"
    )
    assert "J. de Wit" in sign_in(city.marit).get(address("case-letters", case)).content.decode()


def test_what_is_kept_from_someone_at_home_stays_out_and_a_colleague_reads_it_first(city, sign_in, case):
    partner = actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident
    concern = actions.add_concern(
        actor=city.marit, case=case, domain="network", severity=Severity.HEAVY, text="Gesprek met haar alleen"
    )
    kept = {"things": [("concern", concern.pk)], "residents": [partner], "reason": "Hij mag het niet weten"}
    actions.withhold(actor=city.marit, case=case, **kept)
    template(city, "Beste {{ naam }}, {{ zorg_network }}")
    home = {"text": "alles.nl", "to": "household", "resident": main(city, case), "to_name": ""}
    # By post everyone at home reads it; in hand only she does.
    assert "Gesprek met haar alleen" not in written(city, case, **home).body
    letter = written(city, case, **home, way="in_hand")
    assert "Gesprek met haar alleen" in letter.body
    with pytest.raises(Refused):
        ready(city, letter)
    with acting(city.marit.acting):
        letter.refresh_from_db()
    letter = actions.ask_letter_reader(actor=city.marit, letter=letter)
    assert len(lines(city.bram)) == 1
    assert lines(city.marit) == []
    with pytest.raises(Refused):
        actions.judge_letter(actor=city.marit, letter=letter, revision=letter.revision, found="right")
    letter = actions.judge_letter(actor=city.bram, letter=letter, revision=letter.revision, found="right")
    letter = actions.fix_letter(actor=city.marit, letter=letter, revision=letter.revision)
    with acting(city.marit.acting):
        assert letters.may_go_on_paper(letter)
    # What is kept from her too, later on, keeps the letter off the paper.
    kept["residents"] = [main(city, case)]
    actions.withhold(actor=city.marit, case=case, **kept)
    with acting(city.marit.acting):
        assert not letters.may_go_on_paper(letter)
    assert "not-on-paper" in sign_in(city.marit).get(address("case-letter", case, letter.pk)).content.decode()
    with pytest.raises(Refused):
        actions.send_letter(actor=city.marit, letter=letter, sent_on=timezone.localdate())


def test_a_template_is_kept_as_a_new_version_and_asks_for_fields_that_are_there(city, sign_in, case):
    before = written(city, case)
    with pytest.raises(Refused):
        template(city, "{{ bsn }}")
    with pytest.raises(NotAllowed):
        actions.keep_letter_template(
            actor=city.marit, code="verklaring", language="nl", name="V", category="identity", subject="V", body="V", version=0
        )
    client = sign_in(city.hakan)
    form = {"name": "Verklaring", "category": "identity", "subject": "Verklaring", "body": "Nieuw: {{ naam }}", "version": 0}
    url = "/casework/brieven/verklaring/nl/"
    assert client.post(url, {**form, "is_offered": "on"}).status_code == 302
    # Somebody who had it open then is told, and what they typed is kept.
    late = client.post(url, {**form, "body": "Later: {{ naam }}", "is_offered": "on"})
    assert "Later: {{ naam }}" in late.content.decode()
    assert written(city, case).body.startswith("Nieuw: Rachida")
    assert before.template_version == 0
    client.post(url, {**form, "version": 1})
    with pytest.raises(Refused):
        written(city, case)


def a_step(city, case, text, *, answer="agreed", **more):
    told = {"kind": "resident", "guard": city.marit, "due_on": timezone.localdate() + timedelta(days=5)} | more
    step = actions.add_step(actor=city.marit, case=case, text=text, **told)
    return actions.answer_step(actor=city.marit, step=step, version=step.version, answer=answer) if answer else step


def test_what_was_agreed_stands_in_the_letter_with_who_and_when_and_nothing_else_of_the_plan(city, case):
    resident = main(city, case)
    a_step(city, case, "Belt de school", resident=resident)
    a_step(city, case, "Zoekt mee naar een huis", kind="loket")
    a_step(city, case, "Wil dit niet", answer="declined")
    a_step(city, case, "Nog niet gevraagd", answer="")
    actions.add_goal(actor=city.marit, case=case, text="Ik wil rust")
    home = {"to": "household", "resident": resident, "to_name": "", "way": "in_hand"}
    for text, ours in (("afspraken.nl", "Dit doen wij:"), ("afspraken.en", "We will do this:")):
        letter = written(city, case, text=text, **home)
        theirs, _ours, we = letter.body.partition(ours)
        assert "- Ik wil rust" in theirs
        assert "- Belt de school (Rachida Amrani, " in theirs
        assert "- Zoekt mee naar een huis (Marit Zwanenveld, " in we
        assert "Marit Zwanenveld " in we.partition("Zoekt")[2]
        assert "Wil dit niet" not in letter.body
        assert "Nog niet gevraagd" not in letter.body
        assert {"identity", "story", "contact"} <= set(letter.categories)
    assert "December" not in written(city, case, text="afspraken.nl", **home).body


def test_of_the_plan_too_the_writer_and_the_readers_get_what_is_theirs(city, case):
    partner = actions.add_member(actor=city.marit, case=case, name="Karim", part="partner").resident
    for domain in ("physical_health", "housing"):
        goal = actions.add_goal(actor=city.marit, case=case, text=f"Doel-{domain}", domain=domain)
        step = a_step(city, case, f"Stap-{domain}", goal=goal)
    template(city, "{{ afgesproken }} {{ doelen }} | {{ afgesproken_health }} | {{ doelen_health }}")
    home = {"text": "alles.nl", "to": "household", "resident": main(city, case), "to_name": ""}
    whole = written(city, case, **home)
    assert {"health", "housing"} <= set(whole.categories)
    assert whole.body.count("Stap-physical_health") == 2
    with writes.allowed():
        Authorisation.objects.filter(category_id="health", role="wijkwerker").delete()
    part = written(city, case, by=city.bram, **home)
    assert "physical_health" not in part.body
    assert "Stap-housing" in part.body
    assert part.body.partition("|")[2].count("[") == 2
    assert "health" not in part.categories
    # What is kept of a goal is kept of its steps, and by post everyone at home reads it.
    kept = {"things": [("goal", step.goal_id)], "residents": [partner], "reason": "Hij mag het niet weten"}
    actions.withhold(actor=city.marit, case=case, **kept)
    assert "housing" not in written(city, case, **home).body
    with acting(city.marit.acting):
        assert letters.betrays(Letter.objects.select_related("case").get(pk=whole.pk))
