"""Before class: build an exercise from its master, verify it as its author would, release it, start a course."""

from cocreate_teach.authoring.building import build, student_version
from cocreate_teach.authoring.release import Released, release
from cocreate_teach.authoring.scaffold import new_course
from cocreate_teach.authoring.verify import Verified, verify

__all__ = ["Released", "Verified", "build", "new_course", "release", "student_version", "verify"]
