"""Nothing is made twice of the same content, and nothing is remembered for other content."""

import pandas as pd

from ui.remembering import remembered, share


def test_the_same_content_is_made_once_and_another_anew() -> None:
    made: list[pd.DataFrame] = []

    @remembered
    def total(frame: pd.DataFrame, column: str = "a") -> int:
        made.append(frame)
        return int(frame[column].sum())

    frame = pd.DataFrame({"a": [1, 2], "b": [10, 20]})
    assert total(frame) == total(frame.copy()) == 3
    assert len(made) == 1
    frame.loc[0, "a"] = 5
    assert total(frame) == 7
    assert total(frame, column="b") == 30
    made[0].loc[0, "a"] = 99
    assert total(pd.DataFrame({"a": [1, 2], "b": [10, 20]})) == 3
    assert len(made) == 3


def test_a_shared_frame_is_known_without_reading_it_and_never_taken_for_another() -> None:
    made = []

    @remembered
    def total(frame: pd.DataFrame, column: str = "a") -> int:
        made.append("total")
        return int(frame[column].sum())

    @remembered
    def doubled(frame: pd.DataFrame) -> pd.DataFrame:
        made.append("doubled")
        return frame * 2

    for number in range(100):
        answer = share((pd.DataFrame({"a": [number]}), "and more"))[0]
        assert [total(answer), total(answer), total(doubled(answer))] == [number, number, 2 * number]
        del answer
    assert len(made) == 300
