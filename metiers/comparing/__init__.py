"""Two to four métiers side by side: which ones, what is read of them, what they share."""

from .choosing import Choice
from .comparison import Comparison

__all__ = ["Choice", "Comparison"]
