"""疗休养 as verbs: what the rules say of somebody, and the steps of a batch."""
