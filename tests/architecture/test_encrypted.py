"""What docs/privacy.md says is encrypted is encrypted: every free text of a table with resident data, or named here with why not."""

from django.apps import apps
from django.db import models

from luisterloket.platform.encryption import EncryptedTextField
from tests.architecture.test_walls import tables_with_resident_data

# Readable on purpose: codes and ids of ours, and what tells nothing of anyone.
READABLE = {
    "about": "a kind and an id: at what a breach was found",
    "asked_as": "how the wijk's own question reads",
    "category": "a code of the convenant",
    "client": "with what kind of program a colleague looked",
    "content_type": "what kind of file",
    "event": "a word of ours",
    "fingerprint": "whether a copy is the same",
    "form": "which form: a name of ours and ids",
    "ground_kind": "a word of ours",
    "history_change_reason": "never filled: see below",
    "interpreter": "which language to interpret from",
    "kind": "a word of ours",
    "label": "what an item is called: a word of ours",
    "language": "which language",
    "law": "a law and its article",
    "legal_ground": "a law and its article",
    "letterhead": "the organisation's own",
    "linked_label": "which table",
    "payment_reference": "a number of ours",
    "purpose": "a code of the convenant",
    "question": "which question of the wijk's list; what was said to it is encrypted",
    "clock": "which clock: a code of ours",
    "role": "a code of ours",
    "session": "a keyed hash",
    "sha256": "whether two files are the same",
    "span_id": "an id",
    "storage_name": "a random name",
    "subject": "a keyed hash",
    "template": "which template",
    "thing": "what makes a pattern the same one: ids and days",
    "thing_label": "which table",
    "trace_id": "an id",
    "verb": "a word of ours",
    "what": "which page",
}
# Only there a word of a name is readable, so that a misspelt name is found (decision 10), and from where a colleague looked.
ONLY_THERE = {"casework_searchkey.key", "convenant_accesslogentry.address"}
# Always about a person, wherever they are.
NAMED = {
    "casework.Resident": {"name", "known_as", "born", "phone", "address", "email", "through", "best_moments"},
    "casework.IdentityNumber": {"number"},
    "casework.Intake": {"own_words", "quote", "name", "phone"},
    "casework.Concern": {"text"},
    "backoffice.SpecialistRequest": {"title", "question", "answer", "next_step"},
    "backoffice.IntakeAnswer": {"text"},
    "convenant.Breach": {"what"},
    "platform.Draft": {"content"},
}


def test_every_free_text_of_a_table_with_resident_data_is_encrypted_or_named() -> None:
    tables, readable = set(tables_with_resident_data()), set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields if model._meta.db_table in tables else ():
            is_text = isinstance(field, models.TextField | models.CharField) and not field.is_relation and not field.choices
            if is_text and not isinstance(field, EncryptedTextField):
                readable.add((f"{model._meta.db_table}.{field.column}", field.column))
    assert sorted(place for place, column in readable if column not in READABLE and place not in ONLY_THERE) == []
    assert sorted(set(READABLE) - {column for _place, column in readable}) == []


def test_what_design_and_privacy_page_name_is_encrypted() -> None:
    for label, names in NAMED.items():
        for name in names:
            assert isinstance(apps.get_model(label)._meta.get_field(name), EncryptedTextField), f"{label}.{name}"


def test_history_keeps_no_reason_in_readable_words() -> None:
    """simple-history has a readable column for a reason: nothing of ours fills it."""
    for model in apps.get_models():
        assert not hasattr(model, "_change_reason"), model
