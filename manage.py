"""Django's usual door, for tools that look for it; people use `maillage`."""

from config.cli import main

if __name__ == "__main__":
    main()
