"""The app: a page on this computer on which a workshop is put together and made, without a terminal."""
