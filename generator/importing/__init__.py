"""What comes in from elsewhere: filled-in workbooks, files of answers."""
