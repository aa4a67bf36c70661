from django.views.decorators.cache import cache_control

public = cache_control(public=True, max_age=60)
"""A page that is the same for everybody: whatever stands before us may keep it for a minute."""
