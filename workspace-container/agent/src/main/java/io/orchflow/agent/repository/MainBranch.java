package io.orchflow.agent.repository;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Main and its checkout: the one place where main moves, one call at a time.
public final class MainBranch {

    private final BareRepository repository;
    private final MainCheckout checkout;
    private final ReentrantLock moving = new ReentrantLock();

    MainBranch(BareRepository repository, MainCheckout checkout) {
        this.repository = repository;
        this.checkout = checkout;
    }

    /// A merge that could be made.
    ///
    /// @param merged empty when `conflicts` is not
    public record Prepared(String main, String merged, List<String> conflicts) {}

    /// Main after a merge.
    ///
    /// @param notice why the checkout was left alone; empty when it followed
    public record Merged(String main, String notice) {}

    /// Head of main, with what people committed in the main checkout.
    public String head() throws IOException {
        moving.lock();
        try {
            checkout.carryOver();
            return repository.main();
        } finally {
            moving.unlock();
        }
    }

    /// Makes the merge of a commit into main without moving it.
    Prepared prepare(String commit, String subject) throws IOException {
        repository.require(commit);
        String main = head();
        if (repository.isAncestor(main, commit)) {
            return new Prepared(main, commit, List.of());
        }
        if (repository.isAncestor(commit, main)) {
            return new Prepared(main, main, List.of());
        }
        TreeMerge merge = TreeMerge.of(repository.git(), main, commit);
        return merge.conflicts().isEmpty()
                ? new Prepared(main, commit(merge.tree(), main, commit, subject), List.of())
                : new Prepared(main, "", merge.conflicts());
    }

    private String commit(String tree, String main, String commit, String subject)
            throws IOException {
        String message = Names.subject(subject, "Merge " + commit.substring(0, 12));
        return repository.git().line("commit-tree", tree, "-p", main, "-p", commit, "-m", message);
    }

    /// Moves main to a merge made by [#prepare].
    ///
    /// @throws Refusal when main is no longer where the merge was made
    Merged commit(String expected, String merged) throws IOException {
        repository.require(expected);
        repository.require(merged);
        moving.lock();
        try {
            if (!repository.isAncestor(expected, merged)) {
                throw Refusal.wrongState(merged + " is not a continuation of " + expected);
            }
            String main = repository.main();
            // A retry of what was done already.
            boolean done =
                    main.equals(merged)
                            || (!expected.equals(merged) && repository.isAncestor(merged, main));
            if (!done && !repository.tryMoveMain(expected, merged)) {
                throw Refusal.wrongState(
                        "main has moved on from " + expected + " to " + repository.main());
            }
            String now = repository.main();
            return new Merged(now, checkout.follow(now));
        } finally {
            moving.unlock();
        }
    }
}
