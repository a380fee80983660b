"""Certificates on blank forms: layouts, how a text is fitted into its box, the book of numbers, printings."""
