"""How much is in hand: a number of things, and their bytes, each with an upper bound."""


class Load:
    def __init__(self, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self.count = 0
        self.bytes = 0

    def take(self, size: int) -> bool:
        """Take one more thing in hand, if there is room."""
        if self.count >= self._most or self.bytes + size > self._most_bytes:
            return False
        self.hold(size)
        return True

    def hold(self, size: int) -> None:
        """Count one more thing, whether there is room or not: it is in hand already."""
        self.count += 1
        self.bytes += size

    def grow(self, size: int) -> bool:
        """Let a thing in hand become larger, if there is room."""
        if self.bytes + size > self._most_bytes:
            return False
        self.bytes += size
        return True

    def release(self, size: int) -> None:
        """Let a thing go, of whatever size it has become."""
        self.count -= 1
        self.bytes -= size
