"""python -m etl: the command line, put together from what loads (etl) and what leaves the building (documents)."""

from documents import commands, sharing
from etl import backup_cli, lake_cli, provinces_cli
from etl.cli import app

commands.add(app)
sharing.add(app)
backup_cli.add(app)
provinces_cli.add(app)
lake_cli.add(app)

if __name__ == "__main__":
    app()
