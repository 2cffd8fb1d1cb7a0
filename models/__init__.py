"""What the hub keeps: tables, queries (reads) and operations (writes). The only room that knows SQLAlchemy."""
