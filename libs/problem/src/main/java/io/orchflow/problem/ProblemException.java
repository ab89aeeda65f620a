package io.orchflow.problem;

import org.jspecify.annotations.Nullable;

/// Ends a call with a problem; [Problems] has one method per kind.
public class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.status() + " " + problem.slug() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
