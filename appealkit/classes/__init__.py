"""Classes: what a trainer hands out, takes in and reports on."""
