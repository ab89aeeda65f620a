package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pause, resume and cancel mean the kernel's word, not a flag.
@ExtendWith(Shared.class)
class ControlE2ET {
    /// Two busy children, one of them in its own session, and a steady counter.
    private static final String BUSY =
            "setsid sh -c 'while :; do :; done' & sh -c 'while :; do :; done' & i=0; "
                    + "while [ ! -f stop ]; do i=$((i+1)); echo tick $i; done; echo x > x.txt";

    private final Api api;

    ControlE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    @Test
    void aPausedSwarmDoesNothingAndGoesOn() {
        Work work = Work.inNewWorkspace(api, "pause");
        String swarmId = startBusy(work);
        JsonNode running = awaitWorking(work, swarmId);
        long pid = Work.pids(running).getFirst();
        String paneId = running.get("agents").get(0).get("paneId").asText();
        try (var viewer = PaneSocket.attach(api, paneId, "viewer", null)) {
            Await.until("ticks", Duration.ofSeconds(10), () -> viewer.output().length > 1000);

            api.post("/api/swarms/" + swarmId + "/pause").expect(202);
            JsonNode paused = work.awaitState(swarmId, "PAUSED");
            settle(viewer);
            Map<Long, Long> before = cpuTicks(pid);
            long seq = viewer.nextSeq();
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());

            assertThat(before).hasSizeGreaterThan(2);
            assertThat(cpuTicks(pid)).isEqualTo(before);
            assertThat(viewer.nextSeq()).isEqualTo(seq);
            assertThat(work.swarm(swarmId).get("elapsedMs").asLong())
                    .isEqualTo(paused.get("elapsedMs").asLong());

            api.post("/api/swarms/" + swarmId + "/resume").expect(202);
            work.awaitState(swarmId, "RUNNING");
            Await.until("ticks again", Duration.ofSeconds(5), () -> viewer.nextSeq() > seq);
        }
        cancelled(work, swarmId, pid);
    }

    private void cancelled(Work work, String swarmId, long pid) {
        List<Long> tree = List.copyOf(cpuTicks(pid).keySet());
        assertThat(tree).hasSizeGreaterThan(2);

        api.post("/api/swarms/" + swarmId + "/cancel").expect(202);
        JsonNode cancelled = work.awaitState(swarmId, "CANCELLED");

        assertThat(tree).noneMatch(Kernel::runs);
        assertThat(Work.pids(cancelled)).isEmpty();
        assertThat(cancelled.get("tasks").get(0).get("state").asText()).isEqualTo("CANCELLED");
    }

    private static String startBusy(Work work) {
        return work.approve(
                work.customPlan(Work.commandTask("busy", "test -f x.txt", "sh", "-c", BUSY)));
    }

    private static JsonNode awaitWorking(Work work, String swarmId) {
        return work.awaitSwarm(
                swarmId,
                "a working agent",
                s -> !Work.pids(s).isEmpty() && cpuTicks(Work.pids(s).getFirst()).size() > 2);
    }

    /// Output that was under way when the processes stopped.
    private static void settle(PaneSocket viewer) {
        long[] last = {-1};
        Await.until(
                "output to settle",
                Duration.ofSeconds(10),
                () -> {
                    long before = last[0];
                    last[0] = viewer.nextSeq();
                    LockSupport.parkNanos(300_000_000);
                    return before == viewer.nextSeq();
                });
    }

    /// CPU time of a process and all below it, in clock ticks.
    private static Map<Long, Long> cpuTicks(long pid) {
        var ticks = new HashMap<Long, Long>();
        ProcessHandle.of(pid)
                .ifPresent(
                        root -> {
                            ticks.put(pid, ticksOf(pid));
                            root.descendants().forEach(p -> ticks.put(p.pid(), ticksOf(p.pid())));
                        });
        return ticks;
    }

    private static long ticksOf(long pid) {
        String stat = Orchflow.procFile(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    @Test
    void fromInsideAPaneNothingElseCanBeReached() {
        Work work = Work.inNewWorkspace(api, "refused");
        String probe =
                """
                n=0
                see() { echo "SEEN $1"; n=1; }
                for f in /proc/[0-9]*/cmdline; do grep -qs -e '[t]mux' -e '[j]ava' "$f" && see "$f"; done
                find / -xdev -name '*.sock' 2>/dev/null | grep . && see socket
                find / -name 'postgresql.conf' -not -path '/usr/*' 2>/dev/null | grep . && see data
                find / -name 'repository.git' 2>/dev/null | grep . && see repository
                [ -n "$TMUX" ] && see TMUX
                env | grep -i -e password -e secret && see secret
                node -e '
                  const net = require("net"); let left = 0, open = [];
                  for (let p = 1; p < 65536; p++) { left++;
                    const s = net.connect(p, "127.0.0.1");
                    s.on("connect", () => { open.push(p); s.destroy(); });
                    s.on("error", () => {}); s.on("close", () => { if (--left === 0) {
                      if (open.length) { console.log("SEEN ports " + open); process.exit(1); } } });
                  }' || n=1
                ls /workspace/.. ; touch /usr/x 2>/dev/null && see writable
                echo "probe ended $n"; echo $n > probe.txt; exit $n
                """;
        JsonNode plan =
                work.customPlan(
                        Work.commandTask("probe", "grep -qx 0 probe.txt", "sh", "-c", probe));

        String swarmId = work.approve(plan);
        JsonNode swarm = work.awaitSwarm(swarmId, "the probe's end", Work::hasEnded);

        String paneId = swarm.get("agents").get(0).get("paneId").asText();
        try (var viewer = PaneSocket.attach(api, paneId, "viewer", null)) {
            Await.until(
                    "the probe's output",
                    Duration.ofSeconds(5),
                    () -> viewer.outputText().contains("probe ended"));
            assertThat(viewer.outputText()).doesNotContain("SEEN");
        }
        assertThat(work.workspace().get("isolation").asText()).isEqualTo("namespaces");
        assertThat(swarm.get("state").asText()).isEqualTo("COMPLETED");
    }
}
