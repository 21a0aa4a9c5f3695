"""How much memory and processor time this process may still take, asked for by itself and kept by the system."""

import ctypes
import sys


def limit_this_process(memory_bytes: int, seconds: int) -> None:
    """More memory is refused, which the process may survive; more processor time ends it."""
    if sys.platform == "win32":
        _join_limited_job(memory_bytes, seconds)
    else:
        _set_limits(memory_bytes, seconds)


if sys.platform != "win32":
    import resource

    def _set_limits(memory_bytes: int, seconds: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # its memory holds people


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION; times in units of 100 ns."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_set", ctypes.c_size_t),
        ("largest_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("process_peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    )


_EXTENDED_LIMITS = 9
_PROCESS_TIME, _PROCESS_MEMORY, _NO_DIALOG = 0x2, 0x100, 0x400


if sys.platform == "win32":

    def _join_limited_job(memory_bytes: int, seconds: int) -> None:
        """A job lives as long as a process is in it. Where the system refuses one, the parent's clock is left."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job, this = ctypes.c_void_p(kernel.CreateJobObjectW(None, None)), ctypes.c_void_p(kernel.GetCurrentProcess())
        limits = _Limits()
        limits.basic.flags = _PROCESS_TIME | _PROCESS_MEMORY | _NO_DIALOG
        limits.basic.process_time = seconds * 10_000_000
        limits.process_memory = memory_bytes
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, this)
