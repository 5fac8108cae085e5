"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import answer_templates, desk_work, lists, queue, requests, sending

app_name = "backoffice"
urlpatterns = [
    path("casussen/<uuid:pk>/verzoek/", sending.new_request, name="request-new"),
    path("verzoeken/", lists.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.request_page, name="request"),
    path("verzoeken/<uuid:pk>/oppakken/", requests.take_up, name="request-take-up"),
    path("verzoeken/<uuid:pk>/vraag-terug/", requests.ask_back, name="request-ask-back"),
    path("verzoeken/<uuid:pk>/reageren/", requests.reply, name="request-reply"),
    path("verzoeken/<uuid:pk>/beantwoorden/", requests.answer, name="request-answer"),
    path("verzoeken/<uuid:pk>/vertellen/", requests.tell, name="request-tell"),
    path("verzoeken/<uuid:pk>/terughalen/", requests.withdraw, name="request-withdraw"),
    path("verzoeken/<uuid:pk>/nalezen/", requests.reword, name="request-reword"),
    path("verzoeken/<uuid:pk>/gezien/", requests.seen, name="request-seen"),
    path("verzoeken/<uuid:pk>/toewijzen/", desk_work.assign, name="request-assign"),
    path("verzoeken/<uuid:pk>/teruggeven/", desk_work.give_back, name="request-give-back"),
    path("verzoeken/<uuid:pk>/notitie/", desk_work.note, name="request-note"),
    path("verzoeken/<uuid:pk>/meedenken/", desk_work.ask_opinion, name="request-opinion"),
    path("verzoeken/<uuid:pk>/meedenken/<uuid:opinion>/", desk_work.give_opinion, name="request-opinion-give"),
    path("verzoeken/<uuid:pk>/begintekst/", desk_work.begin_answer, name="request-begin-answer"),
    path("verzoeken/<uuid:pk>/wie/", desk_work.who_is_here, name="request-who"),
    path("desks/<uuid:pk>/", queue.queue, name="queue"),
    path("desks/<uuid:pk>/verdelen/", queue.divide, name="queue-divide"),
    path("desks/<uuid:pk>/filters/", queue.filters, name="queue-filters"),
    path("filters/<uuid:pk>/", queue.choose_filter, name="queue-filter"),
    path("filters/<uuid:pk>/weg/", queue.remove_filter, name="queue-filter-remove"),
    path("desks/<uuid:pk>/begintekst/", answer_templates.answer_templates, name="answer-templates"),
    path("desks/<uuid:pk>/begintekst/nieuw/", answer_templates.new_answer_template, name="answer-template-new"),
    path("begintekst/<uuid:pk>/", answer_templates.answer_template, name="answer-template"),
    path("begintekst/<uuid:pk>/weg/", answer_templates.retire_answer_template, name="answer-template-retire"),
]
