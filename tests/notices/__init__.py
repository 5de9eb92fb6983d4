"""Labelled notices and what is learned for the reader."""
