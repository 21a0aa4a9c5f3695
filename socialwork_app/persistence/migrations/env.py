"""Alembic runs on the connection that `persistence.migrate` hands it, and nowhere else."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
