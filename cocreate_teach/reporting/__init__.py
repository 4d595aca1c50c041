"""After grading: what students and lecturers read. One page of feedback per student."""

from cocreate_teach.reporting.feedback import FeedbackSummary, feedback

__all__ = ["FeedbackSummary", "feedback"]
