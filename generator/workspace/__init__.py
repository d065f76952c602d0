"""Where the work is done: folders, fonts, paths kept inside, files published whole."""
