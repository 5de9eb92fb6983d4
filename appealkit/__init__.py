"""Write an Amazon appeal letter from your own facts, and see what every sentence does."""
