"""Danh mục: the catalogue as loaded."""

from queries import catalogue
from ui import page
from ui.ask import ask
from ui.parts import catalogue as show

name = show.choice()
page.title(
    f"Danh mục: {show.NAMES[name].lower()}",
    "Nội dung hệ thống đo và kiểm tra, đúng như đã nạp từ các tệp CSV của danh mục.",
)
show.listed(ask(catalogue.listed, name), name)
