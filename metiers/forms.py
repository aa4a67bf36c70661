from django import forms


class ListForm(forms.Form):
    """The query string of the list; what can't be read counts as not said."""

    critere = forms.SlugField(required=False, max_length=50)

    def chosen(self, model, name):
        """The instance whose slug the parameter `name` gives, or None."""
        slug = self.cleaned_data.get(name) if self.is_valid() else None
        return slug and model.objects.filter(slug=slug).first()
