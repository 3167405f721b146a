"""One file a part of the record: only literals and references, no `if`, no loop."""
