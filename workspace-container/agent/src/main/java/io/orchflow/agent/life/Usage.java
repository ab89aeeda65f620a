package io.orchflow.agent.life;

import io.orchflow.agent.workspace.ProcessTable;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.agent.workspace.WorkspaceProcesses;
import io.orchflow.workspace.v1.UsageReport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the workspace uses, as the kernel counts it.
@Singleton
class Usage {

    private static final int CONNECTIONS = 64;
    private static final long FIRST_MILLIS = 1000;
    // USER_HZ, which proc(5) counts in, is 100 on every Linux that Java runs on.
    private static final double TICKS_A_SECOND = 100;

    private record Sample(long nanos, long ticks) {}

    private final WorkspaceProcesses processes;
    private final DiskUse disk;
    // The last sample of each connection; the longest unused one is dropped.
    private final Map<String, Sample> last =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Sample> eldest) {
                    return size() > CONNECTIONS;
                }
            };

    Usage(WorkspaceProcesses processes, WorkspaceConfig config) {
        this.processes = processes;
        this.disk = new DiskUse(config.dir(), Duration.ofSeconds(10));
    }

    UsageReport report(String connection) throws InterruptedException {
        Sample before;
        synchronized (last) {
            before = last.get(connection);
        }
        if (before == null) {
            before = sample(processes.find());
            Thread.sleep(FIRST_MILLIS);
        }
        List<ProcessTable.Entry> now = processes.find();
        Sample after = sample(now);
        synchronized (last) {
            last.put(connection, after);
        }
        double seconds = Math.max(after.nanos - before.nanos, 1) / 1e9;
        double cores = Math.max(0, (after.ticks - before.ticks) / TICKS_A_SECOND / seconds);
        return UsageReport.newBuilder()
                .setCpuCores(cores)
                .setMemoryBytes(now.stream().mapToLong(Usage::memory).sum())
                .setDiskBytes(disk.bytes())
                .setProcesses(now.size())
                .build();
    }

    private static Sample sample(List<ProcessTable.Entry> entries) {
        long ticks = entries.stream().mapToLong(ProcessTable.Entry::cpuTicks).sum();
        return new Sample(System.nanoTime(), ticks);
    }

    // Proportional set size: shared pages are counted once over all who share them.
    private static long memory(ProcessTable.Entry entry) {
        Path folder = Path.of("/proc", Integer.toString(entry.pid()));
        try {
            for (String line : Files.readAllLines(folder.resolve("smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return kilobytes(line) * 1024;
                }
            }
        } catch (IOException _) {
            return residentMemory(folder);
        }
        return 0;
    }

    private static long residentMemory(Path folder) {
        try {
            String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            return status.lines()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> kilobytes(line) * 1024)
                    .sum();
        } catch (IOException _) {
            return 0;
        }
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
