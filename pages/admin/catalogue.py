"""Danh mục: the catalogue as loaded."""

from queries import catalogue
from ui import page
from ui.ask import ask
from ui.parts import catalogue as show

name = show.choice()
page.title(
    f"Danh mục: {show.NAMES[name].lower()}",
    "Những gì hệ thống đo và kiểm tra, đúng như đã nạp từ các tệp CSV trong thư mục danh mục.",
)
show.listed(ask(catalogue.listed, name), name)
