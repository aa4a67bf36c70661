"""Pictures: sent, seen, described, credited, and told where they are shown."""

from django.contrib import admin
from django.db.models import Count
from django.forms import Script
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from metiers.models import Metier, Picture

from .base import ContentAdmin
from .picture_form import PictureForm, receive

USES = {
    "metiers": Count("metiers", distinct=True),
    "sectors": Count("sectors", distinct=True),
    "schools": Count("schools", distinct=True),
}


@admin.register(Picture)
class PictureAdmin(ContentAdmin):
    form = PictureForm
    list_display = ("thumbnail", "__str__", "credit", "licence", "used")
    list_display_links = ("thumbnail", "__str__")
    list_filter = ("licence", "is_decorative")
    search_fields = ("alternative__folded", "slug__folded", "credit__folded")
    ordering = ("slug", "pk")
    readonly_fields = ("shown_on",)
    prepopulated_fields = {"slug": ("alternative",)}
    fieldsets = (
        (None, {"fields": ("upload", "alternative", "is_decorative", "slug")}),
        ("De qui, sous quelle licence", {"fields": ("credit", "licence", "origin")}),
        ("Où elle est montrée", {"fields": ("shown_on", "received")}),
    )

    class Media:
        css = {"all": ("desk/pictures.css",)}
        js = (Script("desk/upload-size.js", type="module"),)

    def get_queryset(self, request):
        uses = USES["metiers"] + USES["sectors"] + USES["schools"]
        return super().get_queryset(request).annotate(uses=uses)

    def changeform_view(self, request, *args, **kwargs):
        """Pixels are worked on before the transaction, which would hold every other writer."""
        upload = request.FILES.get("upload") if request.method == "POST" else None
        may = self.has_add_permission(request) or self.has_change_permission(request)
        request.received_picture = receive(upload) if upload and may else None
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.just_received = getattr(request, "received_picture", None)
        return form

    @admin.display(description="aperçu")
    def thumbnail(self, picture):
        return format_html('<img class="picture-thumbnail" src="{}" alt="">', picture.thumbnail)

    @admin.display(description="fichier")
    def upload(self, picture):
        """For who may look and not change."""
        return format_html('<img class="picture-preview" src="{}" alt="">', picture.thumbnail)

    @admin.display(description="utilisée", ordering="uses")
    def used(self, picture):
        return f"{picture.uses} fois" if picture.uses else "jamais"

    @admin.display(description="pages")
    def shown_on(self, picture):
        pages = [*_pages_with(picture)] if picture.pk else []
        if not pages:
            return "Nulle part encore\u00a0: choisis-la sur une fiche, un secteur ou une école."
        return format_html_join("\n", '<a href="{}">{}</a><br>', pages)


def _pages_with(picture):
    """The address at the desk and the name of what shows it, drafts too."""
    drafts = Metier.with_drafts.filter(picture=picture).order_by("name_masculine", "pk")
    lists = (picture.sectors, picture.schools)
    for row in [*drafts, *(row for rows in lists for row in rows.order_by("name", "pk"))]:
        name = f"{row} (brouillon)" if getattr(row, "draft_of_id", None) else str(row)
        yield reverse(f"admin:metiers_{row._meta.model_name}_change", args=[row.pk]), name
