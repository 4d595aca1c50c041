"""What students and lecturers read on a page or on paper: feedback after grading, and cases to print."""

from cocreate_teach.reporting.feedback import FeedbackSummary, feedback
from cocreate_teach.reporting.printing import Written, handout

__all__ = ["FeedbackSummary", "Written", "feedback", "handout"]
