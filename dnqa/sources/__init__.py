"""What a person writes: sources and their sidecars, synonyms, known questions; and what looks doubtful in them."""
