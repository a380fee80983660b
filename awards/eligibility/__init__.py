"""The eligibility file, ``khoithidua/eligibility@1``: read strictly, judged by the law, answered in JSON."""
