"""Finding residents: one's own as a list, others of the wijk by the words of a name, never anyone beyond."""

import base64
import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse, reverse_lazy

from casework import actions, matching, search_keys
from casework.disclosures import scope_of
from casework.models import SearchKey
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import NOBODY, acting
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
RESIDENTS = reverse_lazy("casework:residents")


def looks(city, **which):
    with acting(city.daan.acting):
        return list(AccessLogEntry.objects.filter(**which).order_by("at"))


def search(client, words):
    return client.post(str(RESIDENTS), {"q": words}).content.decode()


def test_my_cases_stand_newest_first_and_one_look_is_kept_with_all_of_them(city, sign_in):
    marit, unit = city.marit, city.unit("schilderswijk")
    first, second = a_case(marit, unit, name="Eerste Vraag"), a_case(marit, unit, name="Tweede Vraag")
    a_case(city.bram, unit, name="Van Bram")
    with acting(marit.acting):
        from luisterloket.platform.writing import writing

        with writing("test"):
            actions.touch(first)
    html = sign_in(marit).get(str(RESIDENTS)).content.decode()
    assert html.index("Eerste Vraag") < html.index("Tweede Vraag")
    assert "Van Bram" not in html
    [look] = looks(city, what="residents list")
    assert look.ground_kind == "own_cases"
    assert len(look.subjects) == 2
    assert look.categories == ["identity"]
    assert second.pk


def test_the_list_goes_on_page_by_page_without_losing_or_doubling_anyone(city, sign_in):
    marit, unit = city.marit, city.unit("schilderswijk")
    for number in range(27):
        a_case(marit, unit, name=f"Bewoner Nummer{number:02}")
    client = sign_in(marit)
    answer = client.get(str(RESIDENTS))
    first = answer.context["rows"]
    rest = client.get(str(RESIDENTS), {"before": answer.context["following"]}).context["rows"]
    assert (len(first), len(rest)) == (25, 2)
    assert len({row.name for row in [*first, *rest]}) == 27


def test_the_list_takes_at_most_eight_queries_for_five_as_for_many(city, sign_in, django_assert_max_num_queries):
    marit, unit = city.marit, city.unit("schilderswijk")
    client = sign_in(marit)
    for number in range(5):
        a_case(marit, unit, name=f"Bewoner {number}")
    client.get(str(RESIDENTS))
    with django_assert_max_num_queries(8) as five:
        client.get(str(RESIDENTS))
    for number in range(30):
        a_case(marit, unit, name=f"Meer {number}")
    with django_assert_max_num_queries(len(five)):
        client.get(str(RESIDENTS))


def test_a_search_takes_as_many_queries_for_many_hits_as_for_five(city, sign_in, django_assert_max_num_queries):
    marit, unit = city.marit, city.unit("schilderswijk")
    client = sign_in(marit)
    for number in range(5):
        a_case(marit, unit, name=f"Bewoner {number}")
        a_case(city.bram, unit, name=f"Bewoner van Bram {number}")
    search(client, "bew")
    with django_assert_max_num_queries(20) as five:
        search(client, "bew")
    for number in range(20):
        a_case(marit, unit, name=f"Bewoner Meer{number}")
        a_case(city.bram, unit, name=f"Bewoner Meer{number}")
    with django_assert_max_num_queries(len(five)):
        search(client, "bew")


# Search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Gülşen Yıldırım", "gulsen"),
        ("Gülşen Yıldırım", "YILDIRIM"),
        ("Gulsen", "gülşen"),
        ("Samira el Haddaoui", "haddaoui"),
        ("Joke van der Velde", "velde joke"),
        ("Joke van der Velde", "van der velde"),
        ("José", "jose"),
        ("Wójcik", "wojcik"),
        ("Anne-Marie de Boer", "marie"),
        ("O'Brien", "brien"),
        ("İbrahim", "ibrahim"),
        ("Rachida Amrani", "rach amr"),
    ],
)
def test_accents_capitals_and_particles_do_not_hide_anyone(city, sign_in, name, typed):
    case = a_case(city.marit, city.unit("schilderswijk"), name=name)
    assert case.get_absolute_url() in search(sign_in(city.marit), typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Rachida Amrani", "rashida amrani"),
        ("Rachida Amrani", "rahcida"),
        ("Rachida Amrani", "rasj"),
        ("Mohammed Aksoy", "mohamad aksoj"),
        ("Mohammed Aksoy", "muhammed"),
        ("Gülşen Yıldırım", "jildirim"),
        ("Zanele Mokoena", "sanele"),
        ("Denise Kartosen", "denise cartosen"),
        ("Joke van der Velde", "feldt joke"),
        ("Samira el Haddaoui", "samira hadaoui"),
        ("Orlando Sprockel", "orlnado"),
        ("Thijs Meijer", "tijs meyer"),
    ],
)
def test_a_name_is_found_as_it_sounds_and_with_a_slip_of_the_finger(city, sign_in, name, typed):
    case = a_case(city.marit, city.unit("schilderswijk"), name=name)
    other = a_case(city.marit, city.unit("schilderswijk"), name="Wim Bouwman", phone="")
    html = search(sign_in(city.marit), typed)
    assert case.get_absolute_url() in html
    assert other.get_absolute_url() not in html


def test_the_nearest_name_stands_first(city, sign_in):
    marit, unit = city.marit, city.unit("schilderswijk")
    for name in ("Rachida Bakkers", "Rashida Bakker", "Rachida Bakker"):
        a_case(marit, unit, name=name)
    html = search(sign_in(marit), "rachida bakker")
    assert html.index("Rachida Bakker<") < html.index("Rachida Bakkers<") < html.index("Rashida Bakker<")


FACTS = {"name": "Rachida Amrani", "born": "1997-03-14", "phone": "06 12 34 56 78", "address": "Hobbemastraat 4, 2525 AB Oefenstad"}


@pytest.mark.parametrize(
    "typed",
    ["14-3-1997", "1997-03-14", "14/03/1997", "1997", "2525 AB", "2525ab", "06-12345678", "+31 6 12345678", "0031612345678",
     "rachida amrani 1997", "amrani 2525ab", "1997 rachida", "rashida 14-3-1997"],
)  # fmt: skip
def test_birth_postcode_and_telephone_number_find_too_however_written(city, sign_in, typed):
    case = a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    other = a_case(city.marit, city.unit("schilderswijk"), name="Rachida Anders", born="1960", phone="06 87 65 43 21")
    html = search(sign_in(city.marit), typed)
    assert case.get_absolute_url() in html
    assert other.get_absolute_url() not in html


@pytest.mark.parametrize("typed", ["13-3-1997", "1996", "2525 AC", "06-12345679"])
def test_another_day_number_or_postcode_finds_nobody(city, sign_in, typed):
    case = a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    assert case.get_absolute_url() not in search(sign_in(city.marit), typed)


def test_who_gave_no_day_of_birth_is_still_found_by_name_when_one_is_typed(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    assert case.get_absolute_url() in search(sign_in(city.marit), "rachida 1997")


def test_a_year_before_a_particle_is_no_postcode(city, sign_in):
    assert dict(search_keys.parse("1986 el Haddaoui").facts).keys() == {"year"}
    assert dict(search_keys.parse("2525 el").facts).keys() == {"postcode"}


def test_no_day_number_or_postcode_can_be_read_in_the_keys(city):
    a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    with acting(city.marit.acting):
        keys = set(SearchKey.objects.values_list("kind", "key"))
    readable = {key for kind, key in keys if kind in {"word", "sound"}}
    assert readable == {"rachida", "amrani", "rgt", "amrn"}
    # Of an identity number there is a key only where it is switched on: see test_identity_numbers.
    assert {kind for kind, _ in keys} == set(SearchKey.Kind.values) - {"bsn", "ref", "hidden"}
    assert not [key for _, key in keys if "1997" in key or "12345678" in key or "2525" in key.casefold()]


def test_the_keys_follow_a_new_lookup_key_and_not_a_new_encryption_key(city, settings):
    case = a_case(city.marit, city.unit("schilderswijk"), **FACTS)

    def found(typed):
        with acting(city.marit.acting):
            return [hit.resident_id for hit in matching.find([case.unit_id], search_keys.parse(typed))[0]]

    assert len(found("14-3-1997")) == 1
    settings.ENCRYPTION_KEYS = [base64.b64encode(os.urandom(32)).decode(), *settings.ENCRYPTION_KEYS]
    assert len(found("14-3-1997")) == 1
    settings.LOOKUP_KEYS = [base64.b64encode(os.urandom(32)).decode()]
    assert found("14-3-1997") == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    call_command("search_keys", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE luisterloket_app")
    assert len(found("14-3-1997")) == 1


def test_every_word_must_fit(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    assert case.get_absolute_url() not in search(sign_in(city.marit), "rachida jansen")


def test_a_nickname_finds_too(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), name="", known_as="Kees van de brug")
    assert case.get_absolute_url() in search(sign_in(city.marit), "brug")


def test_of_a_colleagues_resident_one_finds_initials_birth_year_and_whom_to_ask(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), born="1997-03-14")
    html = search(sign_in(city.bram), "rachida")
    assert "R. A." in html
    assert "1997" in html
    assert "Marit Zwanenveld" in html
    assert reverse("casework:case-join", args=[case.pk]) in html
    assert "Amrani" not in html
    assert "1997-03-14" not in html
    [look] = looks(city, what="search")
    assert (look.purpose, look.ground_kind, look.categories, len(look.subjects)) == ("finding", "wijk", ["known"], 1)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("rachida amrani", False),
        ("rachida amrani 1997", False),
        ("rachida 14-3-1997", False),
        ("rashida amrani 14-3-1997", False),
        ("rachida amrani 15-3-1997", False),
        ("Rachida Amrani 14-3-1997", True),
        ("Rachida Amrani 06 12345678", True),
        ("Rachida Amrani 2525 AB", True),
    ],
)
def test_the_name_of_a_colleagues_resident_is_told_to_who_types_it_whole_with_a_second_fact(city, sign_in, typed, told):
    a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    [known] = sign_in(city.bram).post(str(RESIDENTS), {"q": typed}).context["found"].known
    assert known.name == ("Rachida Amrani" if told else "")
    assert known.initials == "R. A."


# Another wijk ----------------------------------------------------------------------------------------------------


def test_of_exactly_this_person_one_learns_in_which_other_wijk_to_ask_and_nothing_else(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    html = search(sign_in(city.noor), "Rachida Amrani 14-3-1997")
    assert "Luisterloket Schilderswijk" in html
    assert "mailto:hakan@oefenstad.example" in html
    assert "R. A." not in html
    assert str(case.pk) not in html
    assert "Marit Zwanenveld" not in html
    [look] = looks(city, what="known elsewhere")
    assert (look.actor_id, look.ground_id, look.subjects, look.categories) == (city.noor.pk, case.unit_id, [], [])


@pytest.mark.parametrize("typed", ["Rachida Amrani", "Rachida Amrani 1997", "Rashida Amrani 14-3-1997", "Rachida 14-3-1997", "14-3-1997",
                                   "Rachida Amrani 06 12345678"])  # fmt: skip
def test_less_than_the_whole_name_and_day_tells_nothing_of_another_wijk(city, sign_in, typed):
    a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    assert "Schilderswijk" not in search(sign_in(city.noor), typed)
    assert looks(city, what="known elsewhere") == []


@pytest.mark.parametrize("name", ["fatna", "joost", "eline", "daan", "petra"])
def test_who_does_not_listen_learns_nothing_of_any_wijk(city, sign_in, name):
    a_case(city.noor, city.unit("vreewijk"), **FACTS)
    assert "Luisterloket Vreewijk" not in search(sign_in(getattr(city, name)), "Rachida Amrani 14-3-1997")


def test_the_database_tells_of_other_wijken_only_where_and_only_to_who_acts(city):
    case = a_case(city.marit, city.unit("schilderswijk"), **FACTS)
    key = search_keys.parse("rachida amrani 14-3-1997").identity

    def told(user):
        with acting(user.acting if user else NOBODY), connection.cursor() as cursor:
            cursor.execute("SELECT known_elsewhere(%s)", [key])
            return [unit for (unit,) in cursor.fetchall()]

    assert told(city.noor) == [case.unit_id]
    assert told(city.marit) == []
    assert told(None) == []


# While typing ----------------------------------------------------------------------------------------------------


def test_while_typing_only_the_results_come_back_and_an_empty_box_gives_the_list(city, sign_in):
    case = a_case(city.marit, city.unit("schilderswijk"))
    client = sign_in(city.marit)
    for typed in ("rach", ""):
        html = client.post(str(RESIDENTS), {"q": typed}, headers={"HX-Request": "true"}).content.decode()
        assert case.get_absolute_url() in html
        assert "<html" not in html
        assert 'hx-swap-oob="true"' in html


@pytest.mark.parametrize("name", ["noor", "sef", "fatna", "joost", "eline", "ravi", "daan", "petra"])
def test_residents_of_another_wijk_are_never_found(city, sign_in, name):
    a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
    html = search(sign_in(getattr(city, name)), "rachida")
    assert "R. A." not in html
    assert "Amrani" not in html
    assert "1" not in [look.what for look in looks(city)]
    assert looks(city, what="search") == []


def test_also_who_is_brought_into_a_case_elsewhere_finds_no_others_there(city, sign_in):
    unit = city.unit("schilderswijk")
    case = a_case(city.marit, unit)
    a_case(city.marit, unit, name="Rachida Anders")
    actions.involve(actor=city.marit, case=case, user=city.noor, kind="co_worker")
    assert "R. A." not in search(sign_in(city.noor), "rachida")
    assert "Rachida Amrani" in sign_in(city.noor).get(str(RESIDENTS)).content.decode()


def test_a_buddy_finds_among_the_cases_they_were_given(city, sign_in):
    unit = city.unit("schilderswijk")
    case = a_case(city.marit, unit)
    other = a_case(city.marit, unit, name="Rachida Anders")
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    html = search(sign_in(city.fatna), "rachida")
    assert case.get_absolute_url() in html
    assert str(other.pk) not in html


@pytest.mark.parametrize("typed", ["r", "van de", "!", "-", "\x00", "'; DROP TABLE", "%", "__", "r" * 500, "😀"])
def test_strange_or_short_words_find_nobody_and_break_nothing(city, sign_in, typed):
    case = a_case(city.marit, city.unit("schilderswijk"))
    answer = sign_in(city.marit).post(str(RESIDENTS), {"q": typed})
    assert answer.status_code == 200
    assert case.get_absolute_url() not in answer.content.decode()


def test_a_search_by_address_is_no_search_so_no_name_stands_in_a_log(city, sign_in):
    a_case(city.bram, city.unit("schilderswijk"))
    assert "R. A." not in sign_in(city.marit).get(str(RESIDENTS), {"q": "rachida"}).content.decode()


def test_nobody_found_says_what_to_do(city, sign_in):
    assert reverse("casework:intake-start") in search(sign_in(city.marit), "onbekende")


def test_at_most_fifty_are_shown(city, sign_in):
    marit, unit = city.marit, city.unit("schilderswijk")
    for number in range(52):
        a_case(marit, unit, name=f"Bewoner {number}")
    answer = sign_in(marit).post(str(RESIDENTS), {"q": "bewoner"})
    assert len(answer.context["found"].rows) == 50
    assert answer.context["found"].more


def test_the_words_of_a_name_are_kept_plain():
    assert search_keys.words("Joke van der Velde-Yıldırım") == {"joke", "velde", "yildirim"}


@pytest.mark.parametrize(("born", "told"), [("1997-03-14", "14-3-1997"), ("1997", "1997"), ("", None)])
def test_a_day_of_birth_goes_to_others_as_people_write_it(city, born, told):
    case = a_case(city.marit, city.unit("schilderswijk"), born=born)
    with acting(city.marit.acting):
        ground = Ground("involvement", case.pk)
        seen = disclose(scope_of(case), to=city.marit, purpose="listening", ground=ground, what="case page", only=["identity"])
    assert [item.text for item in seen.of("born")] == ([told] if told else [])
