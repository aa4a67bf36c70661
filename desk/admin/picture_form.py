"""The form of a picture: an upload is refused beside its field, and kept when another is wrong."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from metiers.models import Picture
from metiers.pictures import store
from metiers.pictures.reading import ACCEPTED, MOST_BYTES, Refused, read_picture

SALT = "desk.received_picture"
A_DAY = 86_400
PREVIEW = (
    '<div><img class="picture-preview" src="{}" alt="L’image telle qu’elle est gardée">'
    "<p>{}</p>{}</div>"
)


def receive(upload):
    """A clean picture, its files written; or the reason why it is refused."""
    try:
        picture = read_picture(upload)
    except Refused as refused:
        return refused
    store.keep(picture.digest, picture.data)
    store.make_sizes(picture.digest, picture.width)
    return picture


class PictureInput(forms.FileInput):
    """The field of a file, with the picture that it would replace."""

    shown = None
    note = "Un autre fichier la remplacera partout où elle est montrée."

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        return format_html(PREVIEW, self.shown, self.note, field) if self.shown else field


class PictureForm(forms.ModelForm):
    just_received = None
    """What `receive` made of the file that came with this form: the admin's view sets it."""

    upload = forms.FileField(
        label="Fichier",
        required=False,
        widget=PictureInput(attrs={"accept": ACCEPTED, "data-most-bytes": MOST_BYTES}),
        help_text="JPEG, PNG, WebP ou AVIF, 15\u00a0Mo au plus. Le lieu et la date de la prise de "
        "vue sont effacés\u202f; l’image est remise à l’endroit et réduite à 2\u202f400 pixels.",
    )
    received = forms.CharField(required=False, widget=forms.HiddenInput, label="fichier")

    class Meta:
        model = Picture
        fields = ()  # those of the admin's fieldsets

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "upload" in self.fields and self.instance.pk:
            self.fields["upload"].widget.shown = self.instance.thumbnail

    def clean_upload(self):
        if isinstance(self.just_received, Refused):
            raise ValidationError(str(self.just_received))
        return self.just_received

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("upload"):
            picture = cleaned["upload"]
            self._hold(picture.digest, picture.width, picture.height)
        elif token := cleaned.get("received"):
            self._take_back(token)
        if not (self.instance.digest or "upload" in self.errors):
            self.add_error("upload", "Choisis un fichier.")
        self._clean_alternative(cleaned)
        return cleaned

    def _hold(self, digest, width, height):
        """Put it in the instance, and in the page that comes back if another field is wrong."""
        picture = self.instance
        picture.file, picture.digest = store.name_of(digest), digest
        picture.width, picture.height = width, height
        widget = self.fields["upload"].widget
        widget.shown, widget.note = picture.thumbnail, "Reçue\u00a0: inutile de la renvoyer."
        self.data = self.data.copy()
        self.data[self.add_prefix("received")] = signing.dumps((digest, width, height), salt=SALT)

    def _take_back(self, token):
        try:
            digest, width, height = signing.loads(token, salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            digest = ""
        if store.has(digest):
            self._hold(digest, width, height)
        else:
            self.add_error("upload", "Le fichier n’est plus là\u00a0: renvoie-le.")

    def _clean_alternative(self, cleaned):
        described, decorative = cleaned.get("alternative"), cleaned.get("is_decorative")
        if described and decorative:
            said = "Une image décorative n’a pas de texte\u00a0: efface-le, ou décoche la case."
            self.add_error("alternative", said)
        elif not (described or decorative or "alternative" in self.errors):
            said = "Écris ce que montre l’image, ou coche «\u00a0décorative\u00a0»."
            self.add_error("alternative", said)
