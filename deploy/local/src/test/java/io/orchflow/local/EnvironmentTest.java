package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void childrenInheritAShortListOnly() {
        var ours =
                Map.of(
                        "PATH",
                        "/bin",
                        "HOME",
                        "/home/ada",
                        "https_proxy",
                        "http://proxy",
                        "AWS_SECRET",
                        "x",
                        "TMUX",
                        "/tmp/tmux",
                        "LD_PRELOAD",
                        "x.so",
                        "ORCHFLOW_INTERNAL_SECRET",
                        "theirs");
        assertEquals(
                Map.of(
                        "PATH",
                        "/bin",
                        "HOME",
                        "/home/ada",
                        "https_proxy",
                        "http://proxy",
                        "LANG",
                        "C.UTF-8"),
                Environment.inherited(ours));
    }

    @Test
    void exitCodesAreExplained() {
        assertEquals("ended with exit code 1", Exit.describe(1));
        assertEquals("ended by SIGKILL", Exit.describe(137));
        assertEquals("ended by signal 12", Exit.describe(140));
    }
}
