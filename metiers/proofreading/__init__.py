"""What is wrong with the content: the rules of `check_content`, over the data of its files."""

from .findings import Finding
from .rules import proofread

__all__ = ["Finding", "proofread"]
