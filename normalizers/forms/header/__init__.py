"""The rows above the indicators: labels and values, goals, money, tasks."""
