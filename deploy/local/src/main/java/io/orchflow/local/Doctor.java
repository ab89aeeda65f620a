package io.orchflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./orchflow doctor`: what is there, what is missing, and the command that mends it. Exit code 1
/// when `up` would fail. The script has looked for programs before.
final class Doctor {
    private boolean broken;

    private Doctor() {}

    static int run(Layout layout) {
        var doctor = new Doctor();
        doctor.good("JDK " + Runtime.version() + " in " + System.getProperty("java.home"));
        doctor.browser();
        doctor.isolation();
        doctor.data(layout);
        doctor.build(layout);
        return doctor.broken ? Refusal.FAILED : 0;
    }

    private void browser() {
        if (Requirements.onPath("chromium").isEmpty()
                && Requirements.onPath("google-chrome").isEmpty()) {
            hint("chromium is missing: only ./orchflow test needs it", "apt install chromium");
        }
    }

    private void isolation() {
        List<String> probe =
                List.of(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--pid",
                        "--mount",
                        "--net",
                        "--fork",
                        "true");
        if (succeeds(probe)) {
            good("namespaces: agents get sandboxes of their own (isolation: namespaces)");
        } else {
            hint(
                    "namespaces are not allowed here: agents run without sandboxes (isolation: none)",
                    "sysctl kernel.unprivileged_userns_clone=1, or run as root");
        }
    }

    private void data(Layout layout) {
        try {
            Path existing = Requirements.nearestExisting(layout.data());
            long free = Files.getFileStore(existing).getUsableSpace();
            if (!Files.isWritable(existing)) {
                bad(existing + " cannot be written", "chown or chmod it, or use --data DIR");
            } else if (free < Requirements.LEAST_FREE_BYTES) {
                bad(
                        existing + " has only " + (free >> 20) + " MiB free",
                        "make room, or use --data DIR");
            } else {
                good("data in " + layout.data() + ", " + (free >> 20) + " MiB free");
            }
        } catch (IOException e) {
            bad(layout.data() + " cannot be looked at: " + e.getMessage(), "use --data DIR");
        }
        try {
            DataLock.runningOn(layout)
                    .ifPresent(pid -> good("a system runs there, process " + pid));
        } catch (Refusal e) {
            bad(String.valueOf(e.getMessage()), "use --data DIR");
        }
    }

    private void build(Layout layout) {
        var jars = new Programs(layout, Programs.Build.JARS);
        jars.names().forEach(name -> program(layout, jars, name));
        List<String> missing = new Programs(layout, Programs.Build.EXECUTABLES).missing();
        if (missing.isEmpty()) {
            good("native executables of every program are built: ./orchflow up --native");
        } else {
            hint(
                    "no native executables of " + String.join(", ", missing) + ": up is slower",
                    "./orchflow build --native");
        }
    }

    private void program(Layout layout, Programs jars, String name) {
        jars.find(name)
                .ifPresentOrElse(
                        jar -> cache(layout, name, jar),
                        () -> bad(name + " is not built", "./orchflow build"));
    }

    private void cache(Layout layout, String part, Path jar) {
        Path cache = layout.aotCache(part);
        if (!Files.exists(cache)) {
            hint(part + " has no AOT cache: it starts slower", "./orchflow build");
        } else if (!succeeds(Jvm.cacheCheck(jar, cache))) {
            hint(part + "'s AOT cache does not fit: it starts slower", "./orchflow build");
        } else {
            good(part + " is built, with an AOT cache that fits");
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process probe =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!probe.waitFor(20, TimeUnit.SECONDS)) {
                probe.destroyForcibly();
                return false;
            }
            return probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void good(String what) {
        System.out.println("  ok       " + what);
    }

    private void hint(String what, String mends) {
        System.out.println("  note     " + what + "; " + mends);
    }

    private void bad(String what, String mends) {
        broken = true;
        System.out.println("  missing  " + what + "; " + mends);
    }
}
