"""Word documents in the form of Decree 30/2020/NĐ-CP: reports and letters, filled into templates edited in Word.

draft      the first draft of each template, to be edited in Word from then on       draft.py, form.py
contents   what a document says: sentences, rows, pictures                           city.py, one_unit.py, reminder.py
fill       a template and its contents to a document                                 fill.py, pictures.py
"""
