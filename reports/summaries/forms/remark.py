"""The form of a remark on a passage."""

from django import forms

from reports.models import PassageRemark
from workflow.form_fields import Area


class RemarkForm(forms.ModelForm):
    """What is remarked, and on which words."""

    class Meta:
        model = PassageRemark
        fields = ("key", "quote", "text")
        widgets = {"key": forms.HiddenInput, "text": Area(attrs={"rows": 2}), "quote": forms.TextInput}
