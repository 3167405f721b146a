"""The registry on disk or server: engine, tables, migrations and repositories; the only place with SQLAlchemy."""
