from scoring.models import CriteriaSet


def tree_faults(criteria_set: CriteriaSet) -> list[str]:
    raise NotImplementedError
