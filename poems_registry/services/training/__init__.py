"""A made-up clinic for training: people who never lived, with courses a clinician would believe."""
