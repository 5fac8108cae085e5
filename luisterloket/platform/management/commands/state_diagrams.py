"""Draw docs/states.md from the state tables."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from luisterloket.platform.states import StatefulModel


def diagrams() -> str:
    """The page with one Mermaid diagram per model with a state table."""
    parts = ["# States\n\nMade by `manage.py state_diagrams` from the tables on the models; a test keeps it current.\n"]
    stateful: list[Any] = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    for model in sorted(stateful, key=lambda model: model._meta.label):
        states = list(model.Status)
        lines = [f"    [*] --> {states[0].value}"]
        for state in states:
            following = model.TRANSITIONS.get(state, set())
            lines += [_arrow(model, state, after) for after in states if after in following]
            if not following:
                lines.append(f"    {state.value} --> [*]")
        doc = (model.__doc__ or "").strip().splitlines()[0]
        parts.append(f"## {model._meta.label}\n\n{doc}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n")
        if model.BELOW_DRAWING:
            parts.append(model.BELOW_DRAWING)
    return "\n".join(parts)


def _arrow(model: Any, state: Any, after: Any) -> str:
    name = model.ARROWS.get((state, after), "")
    return f"    {state.value} --> {after.value}" + (f": {name}" if name else "")


class Command(BaseCommand):
    help = "Draw docs/states.md from the state tables on the models."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        path.write_text(diagrams())
        self.stdout.write(f"Wrote {path}.")
