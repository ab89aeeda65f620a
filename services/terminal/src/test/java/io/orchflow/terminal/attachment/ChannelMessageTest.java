package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.terminal.ticket.PaneRole;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelMessageTest {

    @Test
    void readsWhatTheProtocolHas() {
        assertThat(
                        ChannelMessage.parse(
                                "{\"type\":\"open\",\"channel\":1,\"paneId\":\"p-1\",\"role\":\"viewer\",\"from\":9007199254740991}"))
                .isEqualTo(
                        new ChannelMessage.Open(
                                1, "p-1", Optional.of(PaneRole.VIEWER), 9007199254740991L));
        assertThat(ChannelMessage.parse("{\"type\":\"open\",\"channel\":2,\"paneId\":\"p\"}"))
                .isEqualTo(new ChannelMessage.Open(2, "p", Optional.empty(), 0));
        assertThat(ChannelMessage.parse("{\"type\":\"close\",\"channel\":2147483647}"))
                .isEqualTo(new ChannelMessage.Close(2147483647));
        assertThat(ChannelMessage.parse("{\"type\":\"ack\",\"channel\":3,\"seq\":5}"))
                .isEqualTo(new ChannelMessage.Said(3, new ClientMessage.Ack(5)));
        assertThat(ChannelMessage.parse("{\"type\":\"ping\",\"id\":\"a\"}"))
                .isEqualTo(new ChannelMessage.Ping("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"type\":\"ping\"}",
                "{\"type\":\"open\",\"paneId\":\"p\"}",
                "{\"type\":\"open\",\"channel\":0,\"paneId\":\"p\"}",
                "{\"type\":\"open\",\"channel\":-1,\"paneId\":\"p\"}",
                "{\"type\":\"open\",\"channel\":1.5,\"paneId\":\"p\"}",
                "{\"type\":\"open\",\"channel\":2147483648,\"paneId\":\"p\"}",
                "{\"type\":\"open\",\"channel\":1}",
                "{\"type\":\"open\",\"channel\":1,\"paneId\":\"p\\n\"}",
                "{\"type\":\"open\",\"channel\":1,\"paneId\":\"p\",\"role\":\"king\"}",
                "{\"type\":\"open\",\"channel\":1,\"paneId\":\"p\",\"from\":-1}",
                "{\"type\":\"quit\",\"channel\":1}"
            })
    void refusesTheRest(String text) {
        assertThat(ChannelMessage.parse(text)).isInstanceOf(ChannelMessage.Unknown.class);
    }

    @Test
    void whatIsWrongWithAPanesMessageIsThatPanesAffair() {
        assertThat(ChannelMessage.parse("{\"type\":\"lease\",\"channel\":4}"))
                .isEqualTo(
                        new ChannelMessage.Said(
                                4, new ClientMessage.Unknown("lease.take is true or false.")));
    }
}
