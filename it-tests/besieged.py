"""A tarry of its own for it-tests/idle and it-tests/siege: started, watched from outside, asked for its figures, ended."""

import json
import os
import re
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import namedtuple

HERE = os.path.dirname(os.path.realpath(__file__))
TARRY = os.path.join(HERE, "..", "tarry")
START_SECONDS = 600
WAIT_SECONDS = 120
FILES_SECONDS = 30
SPARE_FILES = 1_000
RESET = struct.pack("ii", 1, 0)


class Failed(Exception):
    pass


class Missing(Exception):
    pass


class Uses(namedtuple("Uses", "heap other files threads")):
    """Bytes of heap after a collection, bytes of the JVM's other buffers, descriptors, threads."""

    def back_to(self, before):
        """Within 20 %, and a little for what a first time leaves."""
        return (self.heap <= before.heap * 1.2 + 1_000_000 and self.files <= before.files * 1.2 + 5
                and self.threads <= before.threads * 1.2 + 5)


def leave_room(connections):
    """Lets this process, and the server that it starts, open so many files."""
    wanted = connections + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            raise Missing("%d connections need a limit of %d open files (ulimit -n); it is %d" % (connections, wanted, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def interrupt(*_):
    raise KeyboardInterrupt


class Server:
    def __init__(self, *options, heap="512m"):
        self.folder = tempfile.mkdtemp(prefix="tarry-besieged-")
        self.ready = os.path.join(self.folder, "ready.json")
        self.log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        env = dict(os.environ, TARRY_JAVA_OPTS="-Xmx%s -XX:NativeMemoryTracking=summary %s" % (
            heap, os.environ.get("TARRY_JAVA_OPTS", "")))
        self.process = subprocess.Popen(
            [TARRY, "serve", "--ephemeral", "--data", os.path.join(self.folder, "data"), "--ready-file", self.ready, *options],
            stdout=self.log, stderr=subprocess.STDOUT, env=env)
        self.pid = 0
        signal.signal(signal.SIGTERM, interrupt)

    def __enter__(self):
        try:
            self.until("tarry is ready", lambda: os.path.exists(self.ready), START_SECONDS)
            with open(self.ready, encoding="utf-8") as file:
                told = json.load(file)
            self.pid = told["pid"]
            self.admin = told["admin"]
            host, port = told["smtp"].split(":")
            self.smtp = (host, int(port))
            self.jcmd = os.path.join(os.path.dirname(os.readlink("/proc/%d/exe" % self.pid)), "jcmd")
            if not os.path.exists(self.jcmd):
                raise Missing("there is no %s: the JVM's figures need a JDK" % self.jcmd)
            return self
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if kind is not None and kind is not KeyboardInterrupt:
            self.log.seek(0)
            sys.stderr.write(self.log.read()[-4_000:])
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def until(self, what, holds, seconds=WAIT_SECONDS):
        end = time.monotonic() + seconds
        while not holds():
            if self.process.poll() is not None:
                raise Failed("tarry ended, with %s" % self.process.returncode)
            if time.monotonic() > end:
                raise Failed("waited %d s in vain until %s" % (seconds, what))
            time.sleep(0.1)

    def said(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    # ---- what it uses

    def ask_jvm(self, *words):
        return subprocess.run([self.jcmd, str(self.pid), *words], capture_output=True, text=True, check=True).stdout

    def uses(self):
        self.ask_jvm("GC.run")
        time.sleep(0.5)  # references that were found dead are cleaned up behind it
        self.ask_jvm("GC.run")
        heap = int(self.ask_jvm("GC.class_histogram").strip().splitlines()[-1].split()[2])
        native = self.ask_jvm("VM.native_memory", "summary", "scale=KB")
        other = re.search(r"Other \(reserved=\d+KB, committed=(\d+)KB", native)
        return Uses(heap, int(other.group(1)) * 1024 if other else 0, self.files(),
                    len(os.listdir("/proc/%d/task" % self.pid)))

    def rss(self):
        with open("/proc/%d/status" % self.pid, encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) * 1024

    def get(self, path):
        with urllib.request.urlopen(self.admin + path, timeout=60) as answer:
            return answer.read().decode()

    def take_mail_out(self, mailbox, before):
        """And waits a while until the store has let go of the files that it stood in; what comes of it is for the caller to see."""
        request = urllib.request.Request("%s/api/v1/mailboxes/%s/messages" % (self.admin, mailbox), method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()
        end = time.monotonic() + FILES_SECONDS
        while self.files() > before.files and time.monotonic() < end:
            time.sleep(0.2)

    def files(self):
        return len(os.listdir("/proc/%d/fd" % self.pid))

    def metric(self, name):
        """The sum of all lines of that name."""
        return sum(float(line.rsplit(" ", 1)[1]) for line in self.get("/metrics").splitlines()
                   if re.match(re.escape(name) + r"[ {]", line))

    def sessions(self):
        return int(self.metric("tarry_receive_connections_open"))

    def calm(self):
        """Whether it has nothing to do any more."""
        def ticks():
            with open("/proc/%d/stat" % self.pid, encoding="utf-8") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])
        before = ticks()
        time.sleep(0.5)
        return ticks() - before <= 10

    # ---- clients

    def dial(self, number=0, timeout=60):
        """One source address has ports for 28,000 connections; there are many on loopback."""
        client = socket.socket()
        client.settimeout(timeout)
        client.bind(("127.0.0.%d" % (2 + number % 50), 0))
        client.connect(self.smtp)
        return client

    def connect(self, count):
        clients = []
        try:
            for i in range(count):
                clients.append(self.dial(i))
        except OSError as e:
            for client in clients:
                client.close()
            raise Failed("only %d connections could be opened: %s" % (len(clients), e)) from e
        return clients

    def warm_up(self):
        """What a first time loads and compiles is nobody's memory."""
        for _ in range(3):
            clients = self.connect(200)
            for client in clients:
                client.recv(512)
                client.sendall(b"EHLO warm.example\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\n")
            for client in clients:
                client.close()
            for _ in range(20):
                honest(self)
        self.until("all are gone", lambda: self.sessions() == 0)
        self.uses()


def vanish(client):
    """Without a word: the other side sees a reset."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    client.close()


def honest(server, octets=2_000):
    """One message of somebody who waits for each answer. @return whether it was taken"""
    try:
        with server.dial() as client:
            file = client.makefile("rb")

            def reply():
                while True:
                    line = file.readline()
                    if line[3:4] != b"-":
                        return line

            reply()
            for command in [b"EHLO honest.example", b"MAIL FROM:<honest@company.com>", b"RCPT TO:<inbox@company.com>", b"DATA"]:
                client.sendall(command + b"\r\n")
                if reply()[:1] not in (b"2", b"3"):
                    return False
            client.sendall(b"Subject: honest\r\n\r\n" + b"a line of the body\r\n" * (octets // 20) + b".\r\n")
            taken = reply().startswith(b"250 2.6.0")
            client.sendall(b"QUIT\r\n")
            reply()
            return taken
    except OSError:
        return False
