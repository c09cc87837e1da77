"""Operations and triggers of the vendors, as data, and what can be told from the data alone."""
