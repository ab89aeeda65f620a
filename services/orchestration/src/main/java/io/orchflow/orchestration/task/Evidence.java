package io.orchflow.orchestration.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of one frozen check.
///
/// @param round 0 for the run that decides the task, then one more for every person's `verify`
/// @param check position in the task's checks
/// @param exitCode 124: timed out, 128+n: ended by signal n
/// @param baseline the same check on the task's base; absent where the base is empty or for the
///     merged tree
/// @param scrutiny whether exit code 0 proves anything
/// @param outputSha256 of all of stdout and stderr
/// @param inputsChanged paths the judged commit changed that the check itself reads
/// @param assurance `sandboxed` or `cooperative`
public record Evidence(
        String id,
        String agentId,
        Stage stage,
        int round,
        int check,
        String command,
        String checkSha256,
        int exitCode,
        @Nullable Baseline baseline,
        Scrutiny scrutiny,
        String outputSha256,
        long outputBytes,
        List<String> inputsChanged,
        String commit,
        String assurance,
        Instant finishedAt) {

    public Evidence {
        inputsChanged = List.copyOf(inputsChanged);
    }

    /// The same check on the task's base.
    ///
    /// @param output absent in what was recorded before outputs of the base were kept
    public record Baseline(int exitCode, @Nullable Output output) {}

    /// What was found when it was asked whether a check that passed proves anything.
    ///
    /// @param originalInputsExitCode the same check with its own files as they were on the base;
    ///     absent where none of them was changed
    /// @param objection why exit code 0 proves nothing, in words for people; absent where it does
    public record Scrutiny(@Nullable Integer originalInputsExitCode, @Nullable String objection) {
        public static final Scrutiny NONE = new Scrutiny(null, null);

        public static Scrutiny objection(String objection) {
            return new Scrutiny(null, objection);
        }
    }

    /// All of stdout and stderr.
    ///
    /// @param sha256 hex
    public record Output(String sha256, long bytes) {}

    /// Which tree was judged.
    public enum Stage {
        /// The task's own commit.
        COMMIT,
        /// That commit merged with what main had become.
        MERGED
    }

    public @Nullable Integer baselineExitCode() {
        return baseline == null ? null : Integer.valueOf(baseline.exitCode());
    }

    /// Of the check on the base; absent where none was kept.
    public @Nullable Output baselineOutput() {
        return baseline == null ? null : baseline.output();
    }

    public boolean passed() {
        return exitCode == 0 && scrutiny.objection() == null;
    }
}
