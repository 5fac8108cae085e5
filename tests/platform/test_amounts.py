"""An amount as people write it, and nothing else."""

import pytest
from django import forms

from luisterloket.platform.forms import EuroField


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("85", 8500), ("85,50", 8550), ("1.650", 165000), ("1.000,50", 100050), ("€ 1.650,00", 165000), (" 12 ", 1200), ("0,01", 1)],
)
def test_is_understood(typed, cents):
    assert EuroField().clean(typed) == cents


@pytest.mark.parametrize(
    "typed", ["-5", "1e9", "NaN", "85.50", "1.65", "12,5", "0", "0,00", "٣٤", "1.0000", "inf", "5 euro", "999.999.999.999"]
)
def test_is_refused_in_words(typed):
    with pytest.raises(forms.ValidationError) as refusal:
        EuroField().clean(typed)
    assert refusal.value.messages[0]
