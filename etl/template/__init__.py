"""Workbooks to be filled: stamped for a unit and a period, pre-filled with what is known, checking while filled.

A form is declared in the catalogue; this package knows layouts, not forms:

- book      the workbook and its sheets by layout; stamps: what the cover says; before: what last month said
- cover (with cover_plan), table (with plan, drawing, guard), guide (with guidance), lists    one layout each
- entry, live, formula    what Excel checks while a cell is typed, and colours that warn: from columns and rules
- verdict (with ground, quoting), tally    the sentence beside a row, how many cells are missing or wrong on each sheet
- look, page, save (with sheet_xml), many    how it looks, how a sheet and a file are written, and a hundred of them
"""

from etl.template.before import Before, carry_forward, seed_tasks
from etl.template.book import write_template
from etl.template.many import write_many
from etl.template.save import as_bytes, save
from etl.template.stamps import file_name

__all__ = ["Before", "as_bytes", "carry_forward", "file_name", "save", "seed_tasks", "write_many", "write_template"]
