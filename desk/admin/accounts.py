"""Who may come to the desk. Administration opens accounts; it does not make itself superuser."""

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice

from .base import yes_or_no

admin.site.unregister(User)
admin.site.unregister([TOTPDevice, AccessLog, AccessFailureLog])  # nothing is written there


class AccountForm(UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            # Its text would describe no field: the button beside it says what can be done.
            self.fields["password"].help_text = ""


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
    filter_horizontal = ()
    actions = ("forget_second_factor",)
    list_display = ("username", "first_name", "last_name", "groups_of", "may_log_in", "last_login")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

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
