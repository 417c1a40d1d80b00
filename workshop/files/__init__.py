"""Files and folders: what a build leaves behind, and where things are."""
