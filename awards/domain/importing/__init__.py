"""Imports of subjects, their history and nominees: what a row says, whom it means, what it makes, how it is undone."""
