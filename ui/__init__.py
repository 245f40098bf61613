"""The parts pages are made of: they take answers and show them; they compute nothing.

ask is the one door to the warehouse and the one cache; frame, filters and page surround every page; cards, tables and
charts show numbers; formats and sentences write them in Vietnamese; theme says which colour means what.
"""
