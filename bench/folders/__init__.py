"""Folders as offices keep them: publications of many tables, printed workbooks, evaluation forms and target forms, with truth."""
