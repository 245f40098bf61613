"""The theme that is kept is the one Streamlit writes."""

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from ui import settings


def test_the_theme_kept_is_the_one_streamlit_writes() -> None:
    for section in ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar"):
        its, kept, again = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
        settings.written_by_streamlit(its, section)
        settings.write_theme(kept, section)
        settings.write_theme(again, section)
        assert kept == its == again
        assert its.ByteSize() or section in ("theme.sidebar", "theme.dark.sidebar")


def test_a_page_takes_it_from_there() -> None:
    settings.read_once()
    assert app_session._populate_theme_msg is settings.write_theme
