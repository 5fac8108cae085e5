import pytest
from casework import actions
from casework.disclosures import scope_of
from casework.models import Case
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed

def a_case(actor, unit):
    intake = actions.start_intake(actor=actor, unit=unit)
    intake = actions.save_sheet(actor=actor, intake=intake, revision=0, values={"own_words": "Ik wil slapen.", "quote":"Slapen", "name": "Rachida Amrani", "phone": "06 1", "household": '[{"name":"Sofia","part":"child","born":"2025"}]'})
    actions.mark_concern(actor=actor, intake=intake, domain="housing", severity=1, text="Op straat")
    actions.mark_strength(actor=actor, intake=intake, text="Spreekt vier talen")
    return actions.conclude_intake(actor=actor, intake=intake)

def test_case(city):
    marit, bram = city.marit, city.bram
    case = a_case(marit, city.unit("schilderswijk"))
    with acting(marit.acting):
        d = disclose(scope_of(case), to=marit, purpose="listening", ground=Ground("involvement", case.pk), what="case")
        assert d.text("name") == "Rachida Amrani"
        assert d.of("concern")
    with acting(bram.acting):
        assert list(Case.objects.visible_to(bram)) == []
        with pytest.raises(NotAllowed):
            disclose(scope_of(case), to=bram, purpose="listening", ground=Ground("involvement", case.pk), what="case")
    with acting(city.noor.acting):
        assert not Case.objects.exists()
    with acting(city.joost.acting):
        assert not Case.objects.exists()
    actions.join_case(actor=bram, case=case, reason="calls")
    with acting(bram.acting):
        assert list(Case.objects.visible_to(bram)) == [case]
