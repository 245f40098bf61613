"""What Typer says by itself, in Vietnamese: the headings of a help page, and what is wrong with a command as typed.

Typer has no place to put translations, so its sentences are known by their English ones; the pinned version matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partialmethod
from typing import Any

from typer import rich_utils
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperOption

HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Tham số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "ERRORS_PANEL_TITLE": "Lệnh gõ chưa đúng",
    "DEFAULT_STRING": "[mặc định: {}]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "ABORTED_TEXT": "Đã dừng.",
    "RICH_HELP": "Xem hướng dẫn: [blue]{command_path} {help_option}[/]",
}
USAGE = "Cách dùng: "
METAVARS = {"options_metavar": "[TÙY CHỌN]", "subcommand_metavar": "LỆNH [THAM SỐ]..."}
TYPES = {
    "<str>": "<chữ>", "<int>": "<số>", "<int range>": "<số>", "<float range>": "<số>", "<datetime>": "<ngày giờ>",
    "<dir>": "<thư mục>", "<file>": "<tệp>", "<path>": "<đường dẫn>", "<list[Path]>": "<đường dẫn>",
    "<list[str]>": "<chữ>", "<bool>": "",
}  # fmt: skip
"""What kind of value an option takes; one that is only on or off takes none."""
HELP = "Xem hướng dẫn này."
SENTENCES = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", "Không có tùy chọn {0}. Có thể là {1}."),
    (r"No such option: (\S+)", "Không có tùy chọn {0}."),
    (r"No such command '(.+)'\.", "Không có lệnh {0}."),
    (r"Missing option '(.+)'\.", "Thiếu tùy chọn {0}."),
    (r"Missing argument '(.+)'\.", "Thiếu tham số {0}."),
    (r"Option '(.+)' requires an argument\.", "Tùy chọn {0} cần một giá trị đi kèm."),
    (r"Option '(.+)' does not take a value\.", "Tùy chọn {0} không nhận giá trị đi kèm."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "Thừa tham số: {0}."),
    (r"Invalid value for '(.+?)': \w+ '(.+)' does not exist\.", "Không có tệp hoặc thư mục {1}."),
    (r"Invalid value for '(.+?)': \w+ '(.+)' is a directory\.", "{1} là thư mục; {0} cần tên một tệp."),
    (r"Invalid value for '(.+?)': \w+ '(.+)' is a file\.", "{1} là tệp; {0} cần một thư mục."),
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", "{0} phải là số nguyên."),
    (r"Invalid value for '(.+?)': Input should be a valid number.*", "{0} phải là số."),
    (r"Invalid value for '(.+?)': Input should be a valid date.*", "{0} phải là ngày giờ, ví dụ 2026-11-20T09:00."),
    (r"Invalid value for '(.+?)': .+ greater than or equal to (.+)", "{0} phải từ {1} trở lên."),
    (r"Invalid value for '(.+?)': .+ less than or equal to (.+)", "{0} phải từ {1} trở xuống."),
    (r"Invalid value for '(.+?)': (.+)", "Giá trị của {0} không dùng được: {1}"),
    (r"Invalid value: (.+)", "{0}"),
)
"""What Typer says of a command as typed, and how we say it; the first that fits counts."""


def in_vietnamese(said: str) -> str:
    """A sentence of Typer's, or itself where it is not known."""
    for english, ours in SENTENCES:
        if found := re.fullmatch(english, said, re.DOTALL):
            return ours.format(*found.groups())
    return said


def speak_vietnamese() -> None:
    """Have Typer say everything in Vietnamese from now on."""
    assert HEADINGS.keys() <= vars(rich_utils).keys()
    vars(rich_utils).update(
        HEADINGS,
        rich_format_error=told(rich_utils.rich_format_error),
        rich_format_help=helped(rich_utils.rich_format_help),
    )
    for takes in (TyperArgument, TyperOption):
        takes.display_type_rich = typed(takes.display_type_rich)  # type: ignore[method-assign]
    HelpFormatter.write_usage = partialmethod(HelpFormatter.write_usage, prefix=USAGE)  # type: ignore[assignment]


def name_places(command: Any) -> None:
    """Call what may follow a command by our names."""
    for name in METAVARS.keys() & dir(command):
        setattr(command, name, METAVARS[name])


def typed(display: Callable[..., str | None]) -> Callable[..., str | None]:
    """What says the kind of a value, in Vietnamese."""

    def display_ours(self: Any, ctx: Any) -> str | None:
        said = display(self, ctx)
        return TYPES.get(said, said) if said else said

    return display_ours


def told(tell: Callable[[Any], None]) -> Callable[[Any], None]:
    """What tells a fault, with its sentence in Vietnamese."""

    def tell_ours(fault: Any) -> None:
        sentence = in_vietnamese(fault.format_message())
        fault.format_message = lambda: sentence
        if context := getattr(fault, "ctx", None):
            name_places(context.command)
        tell(fault)

    return tell_ours


def helped(show: Callable[..., None]) -> Callable[..., None]:
    """What shows the help page of a command, with the option that asks for it in Vietnamese."""

    def show_ours(*, obj: Any, ctx: Any, **more: Any) -> None:
        obj.get_help_option(ctx).help = HELP
        name_places(obj)
        show(obj=obj, ctx=ctx, **more)

    return show_ours
