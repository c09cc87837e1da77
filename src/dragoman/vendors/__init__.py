"""How each company's API speaks: data files, and the few pure functions that data cannot say."""
