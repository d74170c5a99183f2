"""Two processes give what one gives: the same results, the same failures, and plain words where one is ended."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from lcsite.working_apart import Ahead, Meanwhile, processes_at_hand

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can work apart where processes are not copied")
threads_at_work = threading.active_count


@pytest.fixture(autouse=True)
def _no_other_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have left a thread that has not ended yet, and then no copy would be made."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_results_are_the_same_whether_one_process_works_or_two() -> None:
    for processes in (1, 2):
        with Ahead(lambda job: job * job, 100, processes=processes) as ahead:
            assert [ahead.result(job) for job in range(100)] == [job * job for job in range(100)]


def test_results_may_be_asked_for_in_any_order() -> None:
    order = sorted(range(100), key=lambda job: job * 37 % 100)
    with Ahead(lambda job: str(job), 100, processes=2) as ahead:
        assert [ahead.result(job) for job in order] == [str(job) for job in order]


def test_a_copy_works_ahead_while_this_process_does_something_else() -> None:
    with Ahead(lambda job: os.getpid(), 40, processes=2) as ahead:
        first = ahead.result(0)
        workers = {first, *(ahead.result(job) for job in range(1, 40))}
    assert len(workers) <= 2


@pytest.mark.parametrize("part", [0, 1, 17, 30, 40])
def test_wherever_the_two_part_each_job_has_its_result(part: int) -> None:
    for processes in (1, 2):
        with Ahead(lambda job: job * job, 40, processes=processes, jobs_a_ticket=3, part=part) as ahead:
            assert [ahead.result(job) for job in range(40)] == [job * job for job in range(40)]


def test_the_copy_begins_with_the_last_part() -> None:
    here = os.getpid()
    (begun, begin), (going_on, go_on) = os.pipe(), os.pipe()

    def work(job: int) -> bool:
        if os.getpid() != here:  # the copy goes on when this process has done its share, else it would help
            os.write(begin, b"x")
            os.read(going_on, 1)
        elif job == 19:  # this process has begun too, and goes on when the copy has
            os.read(begun, 1)
            os.write(go_on, bytes(40))
        return os.getpid() == here

    with Ahead(work, 40, processes=2, jobs_a_ticket=1, part=20) as ahead:
        assert [ahead.result(job) for job in range(21)] == [True] * 20 + [False]


def test_a_copy_helps_only_when_it_has_done_its_own_part() -> None:
    here = os.getpid()
    done, tell = os.pipe()
    turn = 0

    def work(job: int) -> int:
        nonlocal turn
        if os.getpid() == here:
            os.read(done, 1)  # this process is at its first job until the copy has taken one of its others
            return 0
        if job < 20:
            os.write(tell, bytes(40))
        turn += 1
        return turn

    with Ahead(work, 40, processes=2, jobs_a_ticket=1, part=20) as ahead:
        turns = [ahead.result(job) for job in range(40)]
    assert turns[20:] == list(range(1, 21))


def test_a_copy_is_made_only_when_its_time_has_come() -> None:
    here, came = os.getpid(), False
    work = Ahead(lambda _: os.getpid() == here, 60, processes=2, jobs_a_ticket=1, part=30, once=lambda: came)
    with work as ahead:
        by_me = [ahead.result(job) for job in range(20)]
        assert all(by_me)
        came = True
        assert len([ahead.result(job) for job in range(20, 60)]) == 40


@pytest.mark.parametrize("begun", [0, 1, 7, 25, 38, 39])
def test_whenever_the_copy_is_made_each_job_has_its_result(begun: int) -> None:
    asked = -1
    squares = Ahead(lambda n: n * n, 40, processes=2, jobs_a_ticket=3, part=10, once=lambda: asked >= begun)
    with squares as ahead:
        found = []
        for job in range(40):
            asked = job
            found.append(ahead.result(job))
    assert found == [job * job for job in range(40)]


def test_one_process_alone_makes_no_copy() -> None:
    with Ahead(lambda job: os.getpid(), 40, processes=1) as ahead:
        assert {ahead.result(job) for job in range(40)} == {os.getpid()}


def test_no_copy_is_made_of_a_process_with_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", threads_at_work)
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        with Ahead(lambda job: os.getpid(), 40, processes=2) as ahead:
            assert {ahead.result(job) for job in range(40)} == {os.getpid()}
    finally:
        over.set()
        thread.join()


def fails_at_thirteen(job: int) -> int:
    if job == 13:
        raise LookupError("thirteen")
    return job


@pytest.mark.parametrize("processes", [1, 2])
def test_what_fails_fails_where_it_is_asked_for_and_nothing_else_does(processes: int) -> None:
    with Ahead(fails_at_thirteen, 40, processes=processes) as ahead:
        assert [ahead.result(job) for job in range(13)] == list(range(13))
        with pytest.raises(LookupError, match="thirteen"):
            ahead.result(13)
        assert [ahead.result(job) for job in range(14, 40)] == list(range(14, 40))


def alone(program: str) -> str:
    """What a program prints that runs in a process of its own: one of a browser's tests has threads."""
    beginning = "import os, signal, time\nfrom lcsite.working_apart import Ahead, CopyLost, Meanwhile\n"
    done = subprocess.run(
        [sys.executable, "-c", beginning + textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_copy_that_is_killed_is_told_of_in_plain_words() -> None:
    told = alone("""
        parent = os.getpid()

        def kill_the_copy(job):
            if os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            return job

        with Ahead(kill_the_copy, 40, processes=2) as ahead:
            time.sleep(0.5)  # the copy draws its first ticket
            try:
                for job in range(40):
                    ahead.result(job)
            except CopyLost as lost:
                print(lost)
    """)
    assert told.endswith("ended from outside (signal 9)")


def test_nothing_is_left_behind_when_the_work_is_left_half_done() -> None:
    told = alone("""
        with Ahead(lambda job: b"x" * 10_000, 1_000, processes=2) as ahead:
            ahead.result(0)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            print("no child is left")
    """)
    assert told == "no child is left"


def test_two_processes_at_most_are_at_hand() -> None:
    assert processes_at_hand() in (1, 2)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_done_meanwhile_is_told_when_it_is_asked_for(processes: int) -> None:
    with Meanwhile(lambda: ["much"] * 100_000, processes=processes) as meanwhile:
        assert meanwhile.result() == ["much"] * 100_000


def test_a_copy_ends_with_its_work_whoever_asks_when() -> None:
    with Meanwhile(lambda: bytes(1_000_000), processes=2) as meanwhile:  # more than any pipe holds
        deadline = time.monotonic() + 30
        while not meanwhile.over and time.monotonic() < deadline:
            time.sleep(0.01)
        assert meanwhile.over
        assert meanwhile.result() == bytes(1_000_000)
    with Meanwhile(lambda: time.sleep(600), processes=2) as meanwhile:
        assert not meanwhile.over
    assert meanwhile.over


def test_what_is_done_meanwhile_is_done_by_a_copy_and_never_twice() -> None:
    done = alone("""
        with Meanwhile(os.getpid, processes=2) as meanwhile:
            other = meanwhile.result()
        print(other != os.getpid())
        with Meanwhile(os.getpid, processes=1) as meanwhile:
            print(meanwhile.result() == os.getpid())
    """)
    assert done == "True\nTrue"


def test_what_fails_or_ends_meanwhile_is_done_again_here() -> None:
    done = alone("""
        here = os.getpid()
        def only_here():
            if os.getpid() != here:
                raise ValueError
            return "here"
        def killed_elsewhere():
            if os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            raise LookupError
        with Meanwhile(only_here, processes=2) as meanwhile:
            print(meanwhile.result())
        try:
            with Meanwhile(killed_elsewhere, processes=2) as meanwhile:
                meanwhile.result()
        except LookupError:
            print("and told of")
    """)
    assert done == "here\nand told of"


def test_nobody_waits_for_what_is_not_asked_for() -> None:
    done = alone("""
        start = time.monotonic()
        with Meanwhile(lambda: time.sleep(600), processes=2):
            pass
        print(time.monotonic() - start < 300)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            print("no child is left")
    """)
    assert done == "True\nno child is left"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot tie one process to another")
def test_no_copy_outlives_the_process_that_it_is_a_copy_of() -> None:
    told = alone("""
        numbers, tell = os.pipe()

        def sleep_and_tell(_=0):
            os.write(tell, b"%d " % os.getpid())
            time.sleep(600)

        between = os.fork()
        if not between:
            parent = os.getpid()
            with Meanwhile(sleep_and_tell, processes=2):
                Ahead(lambda job: sleep_and_tell() if os.getpid() != parent else None, 40, processes=2)
                time.sleep(600)
        found = b""
        while found.count(b" ") < 2:
            found += os.read(numbers, 100)
        os.kill(between, signal.SIGKILL)
        os.waitpid(between, 0)
        for number in map(int, found.split()):
            while os.path.exists(f"/proc/{number}") and " Z " not in open(f"/proc/{number}/stat").read():
                time.sleep(0.01)
        print("all have ended")
    """)
    assert told == "all have ended"
