"""Who may come to the desk. Administration opens accounts; it does not make itself superuser."""

from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister(User)
admin.site.unregister([TOTPDevice, AccessLog, AccessFailureLog])  # nothing is written there


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Groups say what an account may do; only a superuser hands out anything beyond them."""

    actions = ("forget_second_factor",)
    list_display = ("username", "first_name", "last_name", "groups_of", "is_active", "last_login")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groupes")
    def groups_of(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_readonly_fields(self, request, obj=None):
        if request.user.is_superuser:
            return super().get_readonly_fields(request, obj)
        return ("is_superuser", "user_permissions", "last_login", "date_joined")

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
