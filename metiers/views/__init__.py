from .browse import criterion_detail, glossary, home, school_detail, sector_detail
from .comparing import compare
from .errors import not_found
from .fiche import metier_detail
from .listing import metier_list, suggestions
from .pictures import picture
from .self_assessment import self_assessment

__all__ = [
    "compare",
    "criterion_detail",
    "glossary",
    "home",
    "metier_detail",
    "metier_list",
    "not_found",
    "picture",
    "school_detail",
    "sector_detail",
    "self_assessment",
    "suggestions",
]
