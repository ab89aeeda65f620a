package io.orchflow.orchestration.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orchflow.orchestration.permission.Wanted.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static String digest(List<String> argv, @Nullable String cwd, @Nullable String detail) {
        return new Wanted(Kind.COMMAND, "t", argv, cwd, detail).digest();
    }

    @Test
    void theSameWishHasTheSameDigest() {
        assertEquals(digest(List.of("a", "b"), "/w", null), digest(List.of("a", "b"), "/w", null));
        assertEquals(64, digest(List.of(), null, null).length());
    }

    @Test
    void noTwoWishesHaveTheSame() {
        var one = digest(List.of("rm", "-r x"), "/w", "d");
        assertNotEquals(one, digest(List.of("rm", "-r", "x"), "/w", "d"));
        assertNotEquals(one, digest(List.of("rm -r x"), "/w", "d"));
        assertNotEquals(one, digest(List.of("rm", "-r x"), "/", "d"));
        assertNotEquals(one, digest(List.of("rm", "-r x"), "/w", null));
        assertNotEquals(one, digest(List.of("rm", "-r x", "cwd /w"), "", "d"));
        assertNotEquals(
                new Wanted(Kind.EDIT, "t", List.of(), null, null).digest(),
                new Wanted(Kind.OTHER, "t", List.of(), null, null).digest());
    }

    @Test
    void whatNobodyCouldReadIsNotAsked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> digest(List.of("x".repeat(20_000)), null, null));
        assertThrows(
                IllegalArgumentException.class, () -> digest(List.of(), null, "x".repeat(70_000)));
    }
}
