"""The nouns: what can be wrong, luck, facts, variables, the ledger and the state; nothing here knows a rule."""
