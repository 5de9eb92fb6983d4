"""Exercises: those of the lessons, of the practice, and of trainers; what is judged right in them, and the attempts at them."""
