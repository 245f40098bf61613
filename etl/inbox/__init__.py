"""The inbox: a folder that people and programs put reports into, taken in as they arrive.

    arriving   what lies in the folder, and which of it is complete
    places     where a file goes: claimed, then accepted/, returned/, duplicate/ or waiting/; no name is used twice
    taking     claimed files through the same door as any other, then to their places with what became of them
    watching   the loop: woken by the system, kept to one process, ended between two batches

A file is claimed (moved to taking/) before it is read and leaves taking/ only when what became of it is on the disk:
whatever was in there when the process was killed is taken again, and answered as the first time.
"""
