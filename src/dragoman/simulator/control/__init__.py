"""The back door: what a test or a person does to the pretended vendors. None of it is an effect."""
