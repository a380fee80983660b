"""Words of papers: built-in parts, named fields, filling them in, and which text is in force."""
