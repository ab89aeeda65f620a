package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final AtomicLong free = new AtomicLong();
    private final DiskWatch watch =
            new DiskWatch(
                    Path.of("/data"),
                    new Console(new PrintStream(output, true, StandardCharsets.UTF_8)),
                    free::get);

    @Test
    void aFullDiskIsSaidOnceAndSoIsRoomAgain() {
        for (int mib : List.of(900, 70, 63, 0, 63, 70, 127, 128, 900)) {
            free.set((long) mib << 20);
            watch.look();
        }
        assertEquals(
                List.of(
                        "disk           63 MiB free in /data: make room, or parts will fail",
                        "disk           has room again, 128 MiB free"),
                output.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.strip().replaceFirst(" +[0-9.]+ s$", ""))
                        .toList());
    }
}
