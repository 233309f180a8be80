# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
"""Runs the command blocks of the documentation in Debian trees.

    run_documents.py SUITE PACKAGES SCRATCH [--within SECONDS] [PAGE...]

SUITE is bookworm or trixie, PACKAGES the folder with the .deb files, SCRATCH an empty folder. Without pages all
pages run. With --within the way from the first apt-get to a user's uid_map may not take longer. Exit status 69 if
there is no mirror of Debian. A page runs on fresh hosts, from top to bottom, one shell for each host; a page "after" another one runs
on the hosts of that page. The first block that fails ends its page, and page, line and output are printed.
Needs root. All that it starts ends with it.
"""
import base64
import glob
import os
import re
import select
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import documents

HERE = Path(__file__).resolve().parent
ADMIN = "secret of the directory's administrator"
SECONDS = 300  # for one block
NO_MIRROR = 69
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def setting(role, key, default=""):
    """A line "# KEY: VALUE" of a role's file: host, debs (packages of Cadastre in its /root), packages (of Debian),
    or "run by", a script that runs the pages of this tree instead of this one."""
    text = (HERE / "roles" / role).read_text(encoding="utf-8")
    found = re.search(r"^# %s: (.*)$" % key, text, re.M)
    return found.group(1) if found else default


def call(*command, **options):
    """Runs a program; its output is shown only if it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False, **options)
    if done.returncode:
        sys.stdout.write("".join(done.stdout.splitlines(True)[-40:]))
        raise SystemExit("run_documents.py: %s ended with %d" % (" ".join(map(str, command[:4])), done.returncode))
    return done.stdout


class Trees:
    """The base tree of a suite, and a layer above it for each role, made when it is first asked for."""

    def __init__(self, suite, packages, scratch):
        self.suite, self.packages, self.scratch = suite, Path(packages), Path(scratch)
        self.base = self.scratch / suite
        self.hosts = 0

    def make(self, roles):
        began = time.monotonic()
        if not self.base.exists():
            try:
                call(HERE / "debian-tree", "base", self.suite, self.base)
            except SystemExit as failure:
                print(failure, file=sys.stderr)
                sys.exit(NO_MIRROR)
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.layer, roles))
        self.keys(roles)
        print("%s: %s made in %.0f s" % (self.suite, ", ".join(roles), time.monotonic() - began), flush=True)

    def upper(self, role):
        return self.scratch / ("%s-%s" % (self.suite, role))

    def layer(self, role):
        upper = self.upper(role)
        if upper.exists():
            return
        (upper / "root").mkdir(parents=True)
        for package in setting(role, "debs").split():
            files = glob.glob(str(self.packages / (package + "_*.deb")))
            if len(files) != 1:
                raise SystemExit("run_documents.py: %d files of %s in %s: bin/package deb makes them"
                                 % (len(files), package, self.packages))
            shutil.copy(files[0], upper / "root")
        script = HERE / "roles" / role
        call(HERE / "debian-tree", "layer", self.base, upper, role, setting(role, "packages"), script)

    def keys(self, roles):
        """Root of each host may use ssh on the others, as an admin may."""
        public = [key.read_text(encoding="utf-8") for role in roles
                  for key in [self.upper(role) / "root/.ssh/id_ed25519.pub"] if key.exists()]
        for role in roles:
            authorized = self.upper(role) / "root/.ssh/authorized_keys"
            if public and authorized.parent.exists():
                authorized.write_text("".join(public), encoding="utf-8")
                authorized.chmod(0o600)

    def host(self, role):
        self.hosts += 1
        upper = self.scratch / ("host-%d-%s" % (self.hosts, role))
        return Host("%s:%s" % (self.upper(role), self.base), upper, setting(role, "host"))


class Host:
    """A running host; end() kills all of its processes."""

    def __init__(self, lower, upper, name):
        self.name, self.upper = name, upper
        self.log = open(str(upper) + ".log", "w", encoding="utf-8")  # pylint: disable=consider-using-with
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen([HERE / "debian-tree", "host", lower, upper, name],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.pid = self.first_process()

    def first_process(self):
        """The process id of the host's first process, as this machine counts."""
        for _ in range(200):
            children = Path("/proc/%d/task/%d/children" % (self.process.pid, self.process.pid))
            found = children.read_text(encoding="utf-8").split() if children.exists() else []
            if found and os.path.exists("/proc/%s/root/run/booted" % found[0]):
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit("run_documents.py: the host %s did not start:\n%s"
                         % (self.name, Path(self.log.name).read_text(encoding="utf-8")))

    def inside(self, *command):
        """The command, run as the host's root."""
        return ["nsenter", "-t", self.pid, "--mount", "--uts", "--ipc", "--net", "--pid", "env", "-i",
                "PATH=" + PATH, "HOME=/root", "USER=root", "LANG=C.UTF-8", "TERM=dumb",
                "DEBIAN_FRONTEND=noninteractive", *command]

    def boot(self):
        if os.path.exists("/proc/%s/root/root/.boot" % self.pid):
            call(*self.inside("bash", "-e", "/root/.boot"))

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def join(hosts):
    """Connects two hosts by a veth pair; both know both names."""
    names = "127.0.0.1 localhost\n" + "".join(
        "192.0.2.%d %s %s\n" % (n, h.name, h.name.partition(".")[0]) for n, h in enumerate(hosts, 1))
    for number, host in enumerate(hosts, 1):
        Path("/proc/%s/root/etc/hosts" % host.pid).write_text(names, encoding="utf-8")
    if len(hosts) == 1:
        call("nsenter", "-t", hosts[0].pid, "-n", "ip", "address", "add", "192.0.2.1/24", "dev", "lo")
        return
    call("nsenter", "-t", hosts[0].pid, "-n", "ip", "link", "add", "eth0", "type", "veth",
         "peer", "name", "eth0", "netns", hosts[1].pid)
    for number, host in enumerate(hosts, 1):
        for words in (["address", "add", "192.0.2.%d/24" % number, "dev", "eth0"], ["link", "set", "eth0", "up"]):
            call("nsenter", "-t", host.pid, "-n", "ip", *words)


class Session:
    """A root shell on a host's terminal, for one page; a block that fails ends it."""

    # The shell reads a block in one line, so that no command of a block can read the next one.
    LOOP = """set -e -o pipefail; cd
        while IFS= read -r -u 9 block; do
          eval "$(base64 -d <<<"$block")" </dev/null 9<&-
          printf '\\n%s\\n' "block-done"
        done"""

    def __init__(self, host):
        reading, self.blocks = os.pipe()
        self.pid, self.terminal = os.forkpty()
        if self.pid == 0:
            os.dup2(reading, 9)
            command = host.inside("bash", "--noprofile", "--norc", "-c", self.LOOP)
            os.execvp(command[0], command)
        os.close(reading)

    def run(self, text):
        """Runs a block. Returns whether it succeeded, and its output."""
        os.write(self.blocks, base64.b64encode(text.encode()) + b"\n")
        output, end = "", time.monotonic() + SECONDS
        while time.monotonic() < end:
            if not select.select([self.terminal], [], [], 1)[0]:
                continue
            try:
                output += os.read(self.terminal, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:  # the shell has ended
                return False, output
            if output.endswith("\nblock-done\n"):
                return True, output[:-len("block-done\n")].strip("\n")
            if re.search(r"(Enter LDAP Password|Enter password for .*): ?$", output):
                os.write(self.terminal, (ADMIN + "\n").encode())
                output += "\n"
        return False, output + "\nno end after %d s" % SECONDS

    def end(self):
        os.close(self.blocks)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


class Failed(Exception):
    """A block that failed."""


def run_page(page, hosts, outputs):
    """Runs a page's blocks; outputs gets one entry for each."""
    sessions, began = {}, time.monotonic()
    todo = [block for block in documents.blocks(page) if not block.reason]
    try:
        for block in todo:
            if block.tree not in sessions:
                sessions[block.tree] = Session(hosts[block.tree])
            start = time.monotonic()
            good, output = sessions[block.tree].run(block.text)
            outputs.append((block, start, time.monotonic(), output))
            if os.environ.get("VERBOSE"):
                print("--- %s in %s, %.1f s\n%s" % (block.place, block.tree, time.monotonic() - start, output))
            if not good:
                print("%s, in the tree %s:\n%s\n--- its output:\n%s" % (block.place, block.tree, block.text, output))
                raise Failed(block.place)
    finally:
        for session in sessions.values():
            session.end()
    print("%s: %d blocks in %.0f s" % (page, len(todo), time.monotonic() - began), flush=True)


def groups(pages):
    """The pages that run on the same hosts, first the page that needs no other; pages without commands are left out."""
    found = {}
    everything = {page: [b for b in documents.blocks(page) if not b.reason and not setting(b.tree, "run by")]
                  for page in documents.pages()}
    by_name = {Path(page).name: page for page in everything}

    def first(page):
        after = next((b.after for b in everything[page] if b.after), None)
        return first(by_name[after]) if after else page

    for page in sorted((p for p in everything if everything[p]), key=lambda p: (first(p) != p, p)):
        if pages and page not in pages:
            continue
        found.setdefault(first(page), []).append(page)
    for root, members in found.items():
        if root not in members:
            members.insert(0, root)
    return [(members, list(dict.fromkeys(b.tree for page in members for b in everything[page])))
            for members in found.values()]


def uid_map(outputs):
    """Holds what /proc/self/uid_map of a user showed against the registry's default pool; returns the seconds from
    the first apt command on."""
    apt = min((start for block, start, _, _ in outputs if "apt" in block.text), default=None)
    for block, _, end, output in outputs:
        if "/proc/self/uid_map" in block.text and "uid_map of" not in block.text:
            rows = [line.split() for line in output.splitlines() if re.fullmatch(r"\s*\d+\s+\d+\s+\d+", line)]
            mapped = [int(row[1]) for row in rows if row[0] == "1" and row[2] == "65536"]
            if len(mapped) != 1 or not 1001062400 <= mapped[0] <= 1879048191:
                raise Failed("%s: no range of the registry in uid_map:\n%s" % (block.place, output))
            return mapped[0], end - apt
    return None


def run_group(trees, members, roles):
    """Runs pages on the same fresh hosts; returns the range and the seconds of uid_map()."""
    trees.make(roles)
    hosts, outputs = {}, []
    try:
        for role in roles:
            hosts[role] = trees.host(role)
        join(list(hosts.values()))
        for host in hosts.values():
            host.boot()
        run_page(members[0], hosts, outputs)
        failures = []
        for page in members[1:]:
            try:
                run_page(page, hosts, outputs)
            except Failed as failure:
                failures.append(str(failure))
        if failures:
            raise Failed(", ".join(failures))
        return uid_map(outputs)
    finally:
        for host in hosts.values():
            host.end()


def main():
    suite, packages, scratch, *pages = sys.argv[1:]
    within = None
    if pages and pages[0] == "--within":
        within, pages = int(pages[1]), pages[2:]
    trees = Trees(suite, packages, scratch)
    failed = False
    for members, roles in groups(pages):
        try:
            mapped = run_group(trees, members, roles)
            if mapped:
                print("%s, %s: from apt-get to the range %d in uid_map: %.0f s" % (suite, members[0], *mapped),
                      flush=True)
            if within is not None and not mapped:
                raise Failed("%s: no block shows a uid_map" % members[0])
            if within is not None and mapped[1] > within:
                raise Failed("%s: more than %d s" % (members[0], within))
        except Failed as failure:
            print("FAILED: %s" % failure, file=sys.stderr)
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
