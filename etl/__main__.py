"""python -m etl: the command line, put together from what loads (etl) and what leaves the building (documents)."""

from documents.commands import add
from etl.cli import app

add(app)

if __name__ == "__main__":
    app()
