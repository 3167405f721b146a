"""The tab of research: studies, consents, samples with their aliquots, and values measured in them."""
