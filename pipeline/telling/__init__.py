"""What runs say to people and to programs: progress, summaries, log lines, signs of a watcher."""
