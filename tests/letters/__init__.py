"""Labelled letters and what is learned for the annotator."""
