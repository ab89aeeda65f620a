package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {

    @Test
    void readsWhatTheContractHas() {
        assertThat(ClientMessage.parse("{\"type\":\"resize\",\"cols\":80,\"rows\":24}"))
                .isEqualTo(new ClientMessage.Resize(80, 24));
        assertThat(ClientMessage.parse("{\"type\":\"ack\",\"seq\":9007199254740991,\"more\":1}"))
                .isEqualTo(new ClientMessage.Ack(9007199254740991L));
        assertThat(ClientMessage.parse("{\"type\":\"lease\",\"take\":false}"))
                .isEqualTo(new ClientMessage.Lease(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "resize",
                "[]",
                "{",
                "null",
                "{\"type\":7}",
                "{\"type\":\"quit\"}",
                "{\"type\":\"resize\",\"cols\":1,\"rows\":24}",
                "{\"type\":\"resize\",\"cols\":80,\"rows\":301}",
                "{\"type\":\"resize\",\"cols\":\"80\",\"rows\":24}",
                "{\"type\":\"ack\",\"seq\":-1}",
                "{\"type\":\"ack\",\"seq\":1.5}",
                "{\"type\":\"ack\"}",
                "{\"type\":\"lease\",\"take\":\"yes\"}"
            })
    void refusesTheRest(String text) {
        assertThat(ClientMessage.parse(text)).isInstanceOf(ClientMessage.Unknown.class);
    }
}
