"""The overview of a record: five features, the diagnosis with its reasons, the journey, what is due."""
