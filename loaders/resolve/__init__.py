"""Records to claims: aliases, anaphora, registers, ids."""
