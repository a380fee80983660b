"""A bloc-year as one ZIP: year file, issued papers, evidence, dossiers' files, manifest, a page that opens offline."""
