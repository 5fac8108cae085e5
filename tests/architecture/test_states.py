"""docs/states.md is what the tables say; every state table is whole."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from luisterloket.platform.exceptions import Refused
from luisterloket.platform.management.commands.state_diagrams import diagrams
from luisterloket.platform.states import StatefulModel

STATEFUL = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
PAIRS = [(model, source, target) for model in STATEFUL for source in model.Status for target in model.Status]


def test_the_drawing_is_current():
    assert (Path(settings.BASE_DIR) / "docs" / "states.md").read_text() == diagrams()


@pytest.mark.parametrize(("model", "source", "target"), PAIRS, ids=lambda part: getattr(part, "value", None) or part.__name__)
def test_each_pair_moves_or_refuses_and_stays(model, source, target):
    thing = model(status=source)
    if target in model.TRANSITIONS.get(source, set()):
        thing.move_to(target)
        assert thing.status == target
    else:
        with pytest.raises(Refused):
            thing.move_to(target)
        assert thing.status == source
