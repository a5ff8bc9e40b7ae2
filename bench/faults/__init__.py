"""What a run survives: kills, full disks, another run at the same time, and a folder that was made to hurt."""
