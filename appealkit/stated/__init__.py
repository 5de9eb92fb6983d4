"""Figures and periods as a letter states them: in digits or in words, in whatever order of words the data of this kit knows."""
