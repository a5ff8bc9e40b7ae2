"""Made-up performance-target forms with known truth: as tables, pages, scans, photographs and OCR transcripts."""
