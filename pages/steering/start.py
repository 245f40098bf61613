"""The first page while there is no report yet: three first steps, and demonstration data to look around with."""

from ui.parts import start

start.welcome()
start.demonstration()
