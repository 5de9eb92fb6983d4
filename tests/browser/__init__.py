"""Tests that look at the kit through a browser."""
