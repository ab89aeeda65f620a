package io.orchflow.agent.sandbox;

import java.util.Set;

/// User ids for sandboxes: far above those that systems and containers hand out, and a block for
/// each workspace.
public final class SandboxUsers {

    /// Above systemd's container range, below 2^31.
    private static final int FIRST = 0x7800_0000;

    private static final int BLOCK = 1024;
    private static final int BLOCKS = 65_536;

    static final int TRIAL = FIRST - 1;

    private final int base;

    public SandboxUsers(String workspaceId) {
        this.base = FIRST + Math.floorMod(workspaceId.hashCode(), BLOCKS) * BLOCK;
    }

    /// The user of the workspace's main checkout and of people's panes.
    public int person() {
        return base;
    }

    /// A user for an attempt that is not among those `taken`.
    ///
    /// @throws IllegalStateException when all 511 are
    public int nextForAttempts(Set<Integer> taken) {
        return next(base + 1, taken);
    }

    /// A user for a check that is not among those `taken`.
    ///
    /// @throws IllegalStateException when all 512 are
    public int nextForChecks(Set<Integer> taken) {
        return next(base + BLOCK / 2, taken);
    }

    private static int next(int first, Set<Integer> taken) {
        int end = first - Math.floorMod(first - FIRST, BLOCK / 2) + BLOCK / 2;
        for (int uid = first; uid < end; uid++) {
            if (!taken.contains(uid)) {
                return uid;
            }
        }
        throw new IllegalStateException(
                "all sandbox users from " + first + " to " + (end - 1) + " are taken");
    }
}
