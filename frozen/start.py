"""The start of the program in a folder of its own: its other processes are the same program."""

from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()
    from workshop import child

    if not child.was_asked():
        from workshop.cli.entry import main

        main()
