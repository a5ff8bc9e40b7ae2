"""Forms of the family in layouts that nobody looked at: heads, orders, goals, money blocks and lists put together by a seed."""
