"""The tables, one module for each part of the clinic's house; `storage.tables.every` knows them all."""
