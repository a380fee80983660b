"""Votes from preparation to the count: attendance, the sealed urn, ballots, rounds."""
