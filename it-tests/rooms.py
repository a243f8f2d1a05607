"""Where a message's time goes: what each room of a running tarry uses of CPU and memory, as the JVM's flight recorder sees it.

The recorder (JDK 25, Linux) interrupts each Java thread after so much CPU time, in native code and in the kernel as well, and
notes its stack. From the top of the stack the first frame that belongs to somebody decides: what RocksDB, sockets or a library
does for a room counts as theirs, what the JDK's strings and lists do for a room counts as the room's. How much the threads used
in all, and what those use that the recorder does not see (compiler, collector, RocksDB's own), /proc says.
"""

import os
import re
import subprocess

SAMPLE_EVERY = "2ms"
ALLOCATIONS = "jdk.ObjectAllocationSample"
ALLOCATIONS_A_SECOND = 500

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.CPUTimeSample">
    <setting name="enabled">true</setting><setting name="throttle">%s</setting><setting name="stackTrace">true</setting>
  </event>
  <event name="jdk.ObjectAllocationSample">
    <setting name="enabled">true</setting><setting name="throttle">%d/s</setting><setting name="stackTrace">true</setting>
  </event>
</configuration>
""" % (SAMPLE_EVERY, ALLOCATIONS_A_SECOND)

# Whose a frame is; the first that fits. The JDK's other frames are nobody's: the one below decides.
OWNERS = [
    (r"org\.rocksdb\.", "RocksDB (called)"),
    (r"sun\.nio\.ch\.(\w*Selector|EPoll|EventFD)", "waiting for and waking io loops"),
    (r"sun\.nio\.ch\.(SocketChannelImpl|ServerSocketChannelImpl|SocketDispatcher|DatagramChannelImpl|DatagramDispatcher|IOUtil|Net)\b", "sockets"),
    (r"java\.util\.concurrent\.(locks|LinkedBlocking|ThreadPool|ForkJoin)|java\.lang\.Thread\.yield|jdk\.internal\.misc\.Unsafe\.park",
     "waiting for and waking threads"),
    (r"io\.netty\.", "Netty"),
    (r"org\.xbill\.", "dnsjava"),
    (r"(io\.micrometer|io\.prometheus|org\.HdrHistogram)\.", "metrics library"),
    (r"ch\.qos\.logback\.", "log library"),
    (r"jdk\.jfr\.", "the recorder"),
]

# Threads that the recorder does not see.
UNSEEN = [
    (r"C[12] Compiler", "compiler (JIT)"),
    (r"VM Thread|GC Thread|G1 |VM Periodic", "collector and JVM"),
    (r"rocksdb:", "RocksDB (its own threads: flush, compaction)"),
]


def threads(pid):
    """By thread id: its name, its CPU time in ms, how often it went to sleep."""
    found = {}
    for thread in os.listdir("/proc/%d/task" % pid):
        place = "/proc/%d/task/%s/" % (pid, thread)
        try:
            with open(place + "comm", encoding="utf-8", errors="replace") as file:
                name = file.read().strip()
            with open(place + "schedstat", encoding="ascii") as file:
                cpu = int(file.read().split()[0]) / 1e6
            with open(place + "status", encoding="utf-8", errors="replace") as file:
                slept = int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", file.read(), re.MULTILINE).group(1))
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[thread] = name, cpu, slept
    return found


def used(before, after):
    """By name of thread: CPU time in ms and sleeps since."""
    by_name = {}
    for thread, (name, cpu, slept) in after.items():
        _, cpu_before, slept_before = before.get(thread, (name, 0.0, 0))
        sums = by_name.setdefault(name, [0.0, 0])
        sums[0] += cpu - cpu_before
        sums[1] += slept - slept_before
    return by_name


class Recording:
    """Begins when made."""

    def __init__(self, pid, folder):
        self.pid = pid
        self.tools = os.path.dirname(os.path.realpath("/proc/%d/exe" % pid))
        settings = os.path.join(folder, "rooms.jfc")
        with open(settings, "w", encoding="utf-8") as file:
            file.write(SETTINGS)
        self.command("JFR.start", "name=rooms", "settings=" + settings)
        self.before = threads(pid)

    def command(self, *words):
        done = subprocess.run(
            [os.path.join(self.tools, "jcmd"), str(self.pid)] + list(words), capture_output=True, text=True)
        if done.returncode != 0 or "Could not" in done.stdout:
            raise RuntimeError("jcmd %s: %s" % (words[0], (done.stdout + done.stderr).strip()[-300:]))

    def end(self, file, messages):
        """Writes the recording to the file. @return the tables, as text"""
        by_thread = used(self.before, threads(self.pid))
        self.command("JFR.stop", "name=rooms", "filename=" + file)
        return table(by_thread, self.samples(file, "jdk.CPUTimeSample", "samplingPeriod"),
                     self.samples(file, ALLOCATIONS, "weight"), messages)

    def samples(self, file, event, weight):
        """By room: the weight of its samples."""
        done = subprocess.run(
            [os.path.join(self.tools, "jfr"), "print", "--stack-depth", "64", "--events", event, file],
            capture_output=True, text=True, check=True)
        rooms, frames, amount, thread, known = {}, [], 0.0, "", set()
        for line in done.stdout.splitlines():
            line = line.strip()
            frame = FRAME.match(line)
            if frame:
                frames.append(frame.group(1))
            elif line.startswith(weight + " = "):
                amount = number(line.split(" = ")[1])
            elif line.startswith("eventThread = "):
                thread = line
            elif line == "}":
                # a thread's first sample of memory weighs all that it has ever made
                if event != ALLOCATIONS or thread in known:
                    room = room_of(frames)
                    rooms[room] = rooms.get(room, 0.0) + amount
                known.add(thread)
                frames, amount = [], 0.0
        return rooms


FRAME = re.compile(r"([\w.$/<>]+\.[\w$<>]+)\(.*\)(\s+line:.*)?$")
UNITS = {"ns": 1e-6, "us": 1e-3, "ms": 1, "s": 1000, "bytes": 1, "byte": 1, "kB": 1024, "MB": 1024 ** 2, "GB": 1024 ** 3}


def number(text):
    """`2.00 ms` in milliseconds, `18.6 MB` in octets."""
    value, _, unit = text.partition(" ")
    return float(value) * UNITS[unit]


def room_of(frames):
    """@param frames qualified names of methods, the innermost first"""
    for frame in frames:
        room = re.match(r"dev\.tarry\.([a-z]+)(?:\.([a-z]+))?\.", frame)
        if room:
            return "tarry: " + ".".join(part for part in room.groups() if part)
        for pattern, owner in OWNERS:
            if re.match(pattern, frame):
                return owner
    return "unknown"


def table(by_thread, cpu, allocated, messages):
    unseen, seen_ms = {}, 0.0
    for name, (ms, _) in by_thread.items():
        owner = next((owner for pattern, owner in UNSEEN if re.match(pattern, name)), None)
        if owner:
            unseen[owner] = unseen.get(owner, 0.0) + ms
        else:
            seen_ms += ms
    sampled = sum(cpu.values()) or 1
    rows = {room: share / sampled * seen_ms for room, share in cpu.items()}
    rows.update(unseen)
    total = sum(rows.values()) or 1
    lines = ["  %-46s %9s %6s %14s" % ("room", "us/msg", "share", "octets made/msg")]
    for room in sorted(set(rows) | set(allocated), key=lambda room: -rows.get(room, 0.0)):
        ms, octets = rows.get(room, 0.0), allocated.get(room, 0)
        if ms * 1000 / messages >= 0.05 or octets / messages >= 20:
            lines.append("  %-46s %9.1f %5.1f%% %14.0f" % (room, ms * 1000 / messages, 100 * ms / total, octets / messages))
    lines.append("  %-46s %9.1f %5s  %14.0f" % ("together", total * 1000 / messages, "", sum(allocated.values()) / messages))
    lines.append("  %-46s %9s %6s %14s" % ("thread", "us/msg", "share", "sleeps/msg"))
    for name, (ms, slept) in sorted(by_thread.items(), key=lambda one: -one[1][0]):
        if ms * 1000 / messages >= 0.5:
            lines.append("  %-46s %9.1f %5.1f%% %14.2f" % (name, ms * 1000 / messages, 100 * ms / total, slept / messages))
    return "\n".join(lines)
