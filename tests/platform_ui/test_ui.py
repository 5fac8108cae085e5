"""The filters and tags that every template has."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from luisterloket.platform.templatetags import ui


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (165000, "€\xa01.650", "€1,650"),
        (8550, "€\xa085,50", "€85.50"),
        (5, "€\xa00,05", "€0.05"),
        (0, "€\xa00", "€0"),
        (123456789, "€\xa01.234.567,89", "€1,234,567.89"),
        (-120000, "−€\xa01.200", "−€1,200"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_euro(cents, dutch, english):
    with translation.override("nl"):
        assert ui.euro(cents) == dutch
    with translation.override("en"):
        assert ui.euro(cents) == english


class TestWhen:
    def test_the_days_around_today_have_a_name_and_an_hour(self):
        noon = timezone.localtime().replace(hour=9, minute=5)
        with translation.override("en"):
            assert ui.when(noon) == "Today 9:05"
            assert ui.when(noon - timedelta(days=1)) == "Yesterday 9:05"
            assert ui.when(noon + timedelta(days=1)) == "Tomorrow 9:05"

    def test_a_day_without_an_hour(self):
        with translation.override("en"):
            assert ui.when(timezone.localdate()) == "Today"

    def test_other_days_are_dated(self, monkeypatch):
        monkeypatch.setattr(ui.timezone, "localdate", lambda: date(2026, 11, 24))
        moment = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
        with translation.override("nl"):
            assert ui.when(date(2026, 11, 26)) == "do 26 nov"
            # Half past eleven in UTC is past midnight in Amsterdam.
            assert ui.when(moment) == "vr 27 nov"
            assert ui.when(date(2025, 3, 1)) == "za 1 mrt 2025"

    def test_the_hour_is_written_as_the_language_does(self):
        moment = datetime(2026, 7, 1, 8, 42, tzinfo=UTC)
        with translation.override("nl"):
            assert ui.hour(moment) == "10.42"
        with translation.override("en"):
            assert ui.hour(moment) == "10:42"

    def test_nothing_stays_nothing(self):
        assert ui.when(None) == ui.hour(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marit Zwanenveld", "MZ"),
        ("Hakan Erdoğmuş", "HE"),
        ("Anna van der Spoel", "AS"),
        ("Jan-Willem", "JW"),
        ("Fatna", "F"),
        ("élise ünal", "ÉÜ"),
        ("", ""),
        (None, ""),
        ("(onbekend)", ""),
    ],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


class TestIcon:
    def test_goes_unnoticed_beside_words(self):
        assert ui.icon("check") == (
            '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M5 12.5 10 17.5 19.5 7"/></svg>'
        )

    def test_speaks_when_it_stands_alone(self):
        assert 'class="icon icon--lg"' in ui.icon("house", "icon--lg", "A <house>")
        assert 'role="img" aria-label="A &lt;house&gt;"' in ui.icon("house", "icon--lg", "A <house>")

    def test_is_made_once(self):
        assert ui.icon("clock") is ui.icon("clock")

    def test_a_wrong_name_is_found_before_production(self, settings):
        settings.PRODUCTION = False
        with pytest.raises(TemplateSyntaxError, match="hoose"):
            ui.icon("hoose")
        settings.PRODUCTION = True
        ui._icon.cache_clear()
        assert ui.icon("hoose") == ""


def test_chips_escape_what_people_wrote():
    chip = ui.status("waiting", "<b>Loopt</b>")
    assert chip.startswith('<span class="status status--waiting"><svg class="icon"')
    assert chip.endswith("&lt;b&gt;Loopt&lt;/b&gt;</span>")
    assert ui.say("acute", "te laat", "clock").endswith("<span>te laat</span></span>")


def test_level_fills_as_many_bars_as_it_says():
    assert ui.level(2).count('class="on"') == 2
    assert ui.level(2).count("<rect") == 4


def test_budget_bar_never_grows_beyond_its_frame():
    with translation.override("en"):
        bar = ui.budget_bar(9000, 3000, 10000, "First need")
    assert 'aria-label="First need: 75 percent paid, 25 percent promised, the rest is free"' in bar
    assert 'class="bar-paid" width="75.0%"' in bar
    assert "style=" not in bar
    with translation.override("nl"):
        assert 'width="33.3%"' in ui.budget_bar(1, 0, 3)
    assert 'width="0.0%"' in ui.budget_bar(0, 0, 0)


def test_attributes_of_components_are_escaped():
    assert ui.attributes({"data-name": '"><script>', "disabled": True, "hx-get": None, "hidden": False}) == (
        ' data-name="&quot;&gt;&lt;script&gt;" disabled'
    )


def test_page_links_keep_what_was_asked():
    page = Paginator(range(200), 20).page(5)
    links = ui.page_links(Context({"request": RequestFactory().get("/", {"state": "open", "page": "5"})}), page)
    assert [link.get("number") for link in links] == [1, None, 4, 5, 6, None, 10]
    assert links[2] == {"number": 4, "url": "?state=open&page=4", "current": False}
    assert links[3]["current"]
    assert ui.page_links(Context(), page)[0]["url"] == "?page=1"
