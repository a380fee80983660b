"""Reporting rounds: what is asked, of whom, until when, and what came of it."""
