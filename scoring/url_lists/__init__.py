"""Addresses of scoring, a list for each room."""
