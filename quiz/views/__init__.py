from .asking import dealbreakers, question, start
from .method import method
from .showing import questions_to_ask, result, what_if, why

__all__ = [
    "dealbreakers",
    "method",
    "question",
    "questions_to_ask",
    "result",
    "start",
    "what_if",
    "why",
]
