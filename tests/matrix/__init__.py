"""Rows of the permission matrix, a module for each room: ``rows()`` and, if needed, ``furnish(scene)``."""
