package io.orchflow.orchestration.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent's runner says its program did, oldest first.
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record ActivityBody(@Nullable List<@Nullable EventBody> events) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record EventBody(@Nullable String kind, @Nullable String text) {}
}
