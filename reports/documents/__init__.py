"""Official papers: each kind is collected once as data, composed as a paper, then laid out."""
