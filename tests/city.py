"""The base city by short names, for tests."""

from luisterloket.people.models import Unit, User

UNIT_NAMES = {
    "schilderswijk": "Luisterloket Schilderswijk",
    "moerwijk": "Luisterloket Moerwijk",
    "vreewijk": "Luisterloket Vreewijk",
    "goedebuur": "De Goede Buur Vreewijk",
    "wonen": "Desk Wonen en opvang",
    "inkomen": "Desk Inkomen",
    "schuldhulp": "Desk Schuldhulp",
    "jeugd": "Desk Jeugd en gezin",
    "invordering": "Desk Invordering",
    "bron": "De Bron, betalingsachterstanden",
}


class TestCity:
    """`city.marit` is a fresh account with its appointments; see luisterloket/convenant/demo.py for who is who."""

    __test__ = False

    def __getattr__(self, name: str) -> User:
        user = User.objects.filter(email=f"{name}@oefenstad.example").first()
        if user is None:
            raise AttributeError(name)
        return user

    def unit(self, key: str) -> Unit:
        return Unit.objects.get(name=UNIT_NAMES[key])
