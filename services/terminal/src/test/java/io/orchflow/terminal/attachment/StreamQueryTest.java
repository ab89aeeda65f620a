package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamQueryTest {

    @Test
    void readsTicketAndPosition() {
        assertThat(StreamQuery.parse("ticket=a-b_c")).contains(new StreamQuery("a-b_c", 0));
        assertThat(StreamQuery.parse("from=42&ticket=x")).contains(new StreamQuery("x", 42));
    }

    @Test
    void refusesWhatIsNone() {
        assertThat(StreamQuery.parse(null)).isEmpty();
        assertThat(StreamQuery.parse("")).isEmpty();
        assertThat(StreamQuery.parse("from=1")).isEmpty();
        assertThat(StreamQuery.parse("ticket=%zz")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "1.5", "9999999999999999999"})
    void startsAnewWhereThePositionIsNone(String from) {
        assertThat(StreamQuery.parse("ticket=x&from=" + from)).contains(new StreamQuery("x", 0));
    }
}
