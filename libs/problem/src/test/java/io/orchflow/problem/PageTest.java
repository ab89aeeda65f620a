package io.orchflow.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @Test
    void withoutALimitAPageHasTheUsualSize() {
        assertThat(Page.parse(null, null)).isEqualTo(new Page(Page.USUAL, null));
        assertThat(Page.parse("7", "x")).isEqualTo(new Page(7, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many", "1.5", "99999999999"})
    void aLimitOutOfRangeIsBadInput(String limit) {
        var refused = catchThrowableOfType(ProblemException.class, () -> Page.parse(limit, null));

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().errors().getFirst().field()).isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "a\nb", "\u007f"})
    void anIdWithControlCharactersIsBadInput(String after) {
        var refused = catchThrowableOfType(ProblemException.class, () -> Page.parse(null, after));

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().errors().getFirst().field()).isEqualTo("after");
    }

    @Test
    void oneRowTooManyMeansThatThereAreMore() {
        var page = new Page(2, null);

        assertThat(page.slice(List.of(1, 2, 3))).isEqualTo(new Page.Slice<>(List.of(1, 2), true));
        assertThat(page.slice(List.of(1, 2))).isEqualTo(new Page.Slice<>(List.of(1, 2), false));
    }
}
