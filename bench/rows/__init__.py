"""The rows by name. Each is a coroutine that measures both of its sides in a lab."""
