from scoring.models import ScoreSheet


def missing_codes(sheet: ScoreSheet, column: str) -> list[str]:
    raise NotImplementedError
