"""The consolidated workbook: every figure of a period as a real number, with filters, definitions and native charts.

sheets     what stands on each sheet, from the questions     sheets.py, themes.py
write      sheets and charts into an .xlsx                   write.py, charts.py
form 06    the form 06/VPCP/KSTT refilled for all units      form06.py
"""
