"""What leaves the building: open data, workbooks, letters, made from the same questions as the pages.

    pages -> documents -> ui (only what needs no server: formats, sentences), queries, etl's front door

Commands that write such files are here too (commands.py, sharing.py), because they ask questions and etl may not.
"""
