"""What the guide tells to whoever wants to know, without knowing who that is."""

from django.dispatch import Signal

found_nothing = Signal()
"""A search came back empty; `words` is what was typed."""
