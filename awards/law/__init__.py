"""The law on emulation and commendation as pure functions: no database, no framework, no clock.

``judge`` answers for one nominee; ``quotas`` and ``money`` answer for lists. Every rule names its article.
"""
