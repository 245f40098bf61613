"""One self-contained page of the overview, which opens from a memory stick without a network: words, tables, charts."""
