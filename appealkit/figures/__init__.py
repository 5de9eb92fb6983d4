"""Figures: a seller's own metrics, out of a report or a list of orders, day by day and told in words."""
