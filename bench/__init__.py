"""Measurements in ratios within one run: ``make bench``. Not part of the product."""
