"""Special rules of the regimes, judged from registers and figures. Each kind of rule has a pure function of its own."""

from cchc.consolidate.special.judge import judge, judged, looks_at_index, special_terms
from cchc.consolidate.special.material import Figure, Material

__all__ = ["Figure", "Material", "judge", "judged", "looks_at_index", "special_terms"]
