package io.orchflow.orchestration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRequestBodyTest {

    private static ModelRequestBody read(Wire wire, String json) throws UnfitRequest {
        return ModelRequestBody.read(wire, json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode sent(Wire wire, String json) throws Exception {
        return new ObjectMapper().readTree(read(wire, json).with("house-model", 700));
    }

    @Test
    void modelAndLimitAreSetInEachDialectAndTheRestGoesThrough() throws Exception {
        assertEquals(
                "{\"model\":\"house-model\",\"input\":[\"é\"],\"extra\":{\"a\":1},\"max_output_tokens\":700}",
                sent(Wire.RESPONSES, "{\"model\":\"x\",\"input\":[\"é\"],\"extra\":{\"a\":1}}")
                        .toString());
        assertEquals(700, sent(Wire.CHAT, "{\"max_tokens\":9000}").get("max_tokens").asInt());
        assertEquals(
                700,
                sent(Wire.CHAT, "{\"max_completion_tokens\":9}")
                        .get("max_completion_tokens")
                        .asInt());
        assertEquals(700, sent(Wire.MESSAGES, "{\"max_tokens\":9}").get("max_tokens").asInt());
        assertEquals(
                true,
                sent(Wire.CHAT, "{\"stream\":true}")
                        .at("/stream_options/include_usage")
                        .asBoolean());
    }

    @Test
    void theLimitOfTheRequestIsFound() throws Exception {
        assertEquals(5, read(Wire.RESPONSES, "{\"max_output_tokens\":5}").maxOutput(9));
        assertEquals(6, read(Wire.CHAT, "{\"max_tokens\":6}").maxOutput(9));
        assertEquals(7, read(Wire.MESSAGES, "{\"max_tokens\":7}").maxOutput(9));
        assertEquals(9, read(Wire.MESSAGES, "{\"max_tokens\":-7}").maxOutput(9));
    }

    @Test
    void toolsThatRunAtTheProviderAreLeftOut() throws Exception {
        var tools =
                sent(
                        Wire.RESPONSES,
                        "{\"tools\":[{\"type\":\"web_search_preview\"},{\"type\":\"function\",\"name\":\"shell\"},"
                                + "{\"type\":\"mcp\"}],\"web_search_options\":{}}");

        assertEquals("[{\"type\":\"function\",\"name\":\"shell\"}]", tools.get("tools").toString());
        assertEquals(false, tools.has("web_search_options"));
        assertEquals(
                "[{\"name\":\"bash\",\"input_schema\":{}}]",
                sent(
                                Wire.MESSAGES,
                                "{\"tools\":[{\"name\":\"bash\",\"input_schema\":{}},{\"type\":\"web_fetch_20250910\"}]}")
                        .get("tools")
                        .toString());
    }

    @Test
    void whatHasNoBoundIsRefused() {
        for (var json :
                List.of(
                        "{",
                        "[]",
                        "\"text\"",
                        "",
                        "{\"previous_response_id\":\"r1\"}",
                        "{\"conversation\":{\"id\":\"c\"}}",
                        "{\"n\":2}",
                        "{\"background\":true}",
                        "{\"input\":[{\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://x\"}]}]}",
                        "{\"messages\":[{\"content\":[{\"image_url\":{\"url\":\"http://x\"}}]}]}",
                        "{\"messages\":[{\"content\":[{\"source\":{\"type\":\"url\"}}]}]}",
                        "{\"input\":[{\"file_id\":\"f\"}]}")) {
            assertThrows(UnfitRequest.class, () -> read(Wire.RESPONSES, json), json);
        }
    }
}
