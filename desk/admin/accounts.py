"""Who may come to the desk. Administration opens accounts; it does not make itself superuser."""

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.html import format_html_join
from django_otp.plugins.otp_totp.models import TOTPDevice

from .base import yes_or_no
from .stale import OnlyWhatChanged

VERBS = {
    "view": "voir",
    "add": "ajouter",
    "change": "modifier",
    "delete": "supprimer",
    "publish": "publier",
}

admin.site.unregister([User, Group])
admin.site.unregister([TOTPDevice, AccessLog, AccessFailureLog])  # nothing is written there


class AccountForm(OnlyWhatChanged, UserChangeForm):
    """One that was open while a colleague closed the account does not open it again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            # Its text would describe no field: the button beside it says what can be done.
            self.fields["password"].help_text = ""
        if "is_staff" in self.fields:
            self.fields["is_staff"].help_text = "Pour entrer ici. Un groupe le donne de lui-même."


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Groups say what an account may do; only a superuser hands out anything beyond them."""

    form = AccountForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Personne", {"fields": ("first_name", "last_name", "email")}),
        ("Ce qu’il ou elle peut faire", {"fields": ("is_active", "is_staff", "groups")}),
        ("Tout, sans passer par un groupe", {"fields": ("is_superuser",)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        ("Ce qu’il ou elle peut faire", {"fields": ("groups",)}),
    )
    filter_horizontal = ()
    actions = ("forget_second_factor",)
    list_display = ("username", "first_name", "last_name", "groups_of", "may_log_in", "last_login")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request, user, form, change):
        """Who is given a group is to come in."""
        user.is_staff = bool(user.is_staff or form.cleaned_data.get("groups"))
        super().save_model(request, user, form, change)

    @admin.display(description="groupes")
    def groups_of(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="actif", ordering="is_active")
    def may_log_in(self, user):
        return yes_or_no(user.is_active)

    def get_readonly_fields(self, request, obj=None):
        dates = ("last_login", "date_joined")
        return dates if request.user.is_superuser else (*dates, "is_superuser")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple(), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return self._is_within_reach(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_within_reach(request, obj) and super().has_delete_permission(request, obj)

    def _is_within_reach(self, request, obj):
        return request.user.is_superuser or obj is None or not obj.is_superuser

    @admin.action(description="Retirer la double vérification", permissions=["change"])
    def forget_second_factor(self, request, queryset):
        reachable = [user for user in queryset if self._is_within_reach(request, user)]
        TOTPDevice.objects.filter(user__in=reachable).delete()
        messages.success(request, "La double vérification est retirée.")


@admin.register(Group)
class RolesAdmin(GroupAdmin):
    """What a group may do, as its members call it; only a superuser changes it."""

    def get_fields(self, request, obj=None):
        return ("name", "permissions" if self.has_change_permission(request, obj) else "rights")

    def get_readonly_fields(self, request, obj=None):
        return ("rights",)

    @admin.display(description="peut")
    def rights(self, group):
        rows = {}
        for permission in group.permissions.select_related("content_type"):
            if model := permission.content_type.model_class():
                verb = VERBS.get(permission.codename.partition("_")[0], permission.name)
                rows.setdefault(str(model._meta.verbose_name_plural), []).append(verb)
        lines = sorted((name, ", ".join(verbs)) for name, verbs in rows.items())
        return format_html_join("", "<p>{}\u00a0: {}</p>", lines)
