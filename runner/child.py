"""Becomes another program that does not outlive the one that started it; run as a script of its own.

    child.py SIGNAL PARENT UID GID PROGRAM ARGUMENT...

A program of its own rather than a `preexec_fn`, because that is unsafe in a process with threads. The order matters: Linux
forgets the signal for the parent's death when the user changes, so the user comes first.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    death_signal, parent, uid, gid = (int(number) for number in sys.argv[1:5])
    # Loaded first: after the change of user the interpreter's own files may be out of reach.
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # A shell that starts its commands in the background leaves this one ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            sys.exit("The program that started this one is gone.")
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606


if __name__ == "__main__":
    main()
