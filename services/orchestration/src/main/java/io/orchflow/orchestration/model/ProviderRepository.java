package io.orchflow.orchestration.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Problems;
import io.orchflow.sealing.Seal;
import io.orchflow.sealing.SealBroken;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows of providers; their keys are sealed.
@Singleton
public class ProviderRepository implements Providers {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS =
            "select id, team_id, name, wires, url, models::text as models, key_sealed is not null as has_key"
                    + " from model_provider ";

    private final Transactions transactions;
    private final ObjectMapper json;
    private final Seal seal;

    ProviderRepository(Transactions transactions, ObjectMapper json, ModelsConfig config) {
        this.transactions = transactions;
        this.json = json;
        this.seal = Seal.of("ORCHFLOW_MODELS_SECRET", config.secret(), "orchflow model providers");
    }

    @Override
    public List<Provider> of(String teamId) {
        return transactions.read(
                tx -> {
                    var found = new ArrayList<Provider>();
                    tx.query(COLUMNS + "where team_id = $1 order by id", teamId)
                            .forEach(row -> found.add(provider(row)));
                    return found;
                });
    }

    Optional<Provider> find(Tx tx, String id) {
        return tx.one(COLUMNS + "where id = $1", id).map(this::provider);
    }

    /// @throws io.orchflow.problem.ProblemException 409 the name is taken
    void insert(Tx tx, Provider provider, @Nullable String key) {
        named(
                provider,
                () ->
                        tx.update(
                                """
                                insert into model_provider (id, team_id, name, wires, url, models, key_sealed)
                                values ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
                                """,
                                provider.id(),
                                provider.teamId(),
                                provider.name(),
                                words(provider),
                                provider.url().toString(),
                                models(provider),
                                sealed(provider.id(), key)));
    }

    /// @param key absent: the stored one stays
    void update(Tx tx, Provider provider, @Nullable String key) {
        named(
                provider,
                () ->
                        tx.update(
                                """
                                update model_provider set name = $2, wires = $3, url = $4, models = $5::text::jsonb
                                where id = $1
                                """,
                                provider.id(),
                                provider.name(),
                                words(provider),
                                provider.url().toString(),
                                models(provider)));
        if (key != null) {
            tx.update(
                    "update model_provider set key_sealed = $2 where id = $1",
                    provider.id(),
                    sealed(provider.id(), key));
        }
    }

    private static void named(Provider provider, Runnable write) {
        try {
            write.run();
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problems.conflict(
                        "name-taken", "The team has a provider " + provider.name() + " already.");
            }
            throw e;
        }
    }

    void delete(Tx tx, String id) {
        tx.update("delete from model_provider where id = $1", id);
    }

    @Override
    public String key(String providerId) {
        var stored =
                transactions.read(
                        tx ->
                                tx.one(
                                                "select key_sealed from model_provider where id = $1",
                                                providerId)
                                        .map(row -> row.getBuffer("key_sealed")));
        if (stored.isEmpty()) {
            return "";
        }
        try {
            return new String(
                    seal.open(providerId, stored.get().getBytes()), StandardCharsets.UTF_8);
        } catch (SealBroken e) {
            throw new IllegalStateException(
                    "the key of provider "
                            + providerId
                            + " cannot be opened: was ORCHFLOW_MODELS_SECRET changed? Set the key again.",
                    e);
        }
    }

    @Override
    public String token(String swarmId, String agentId) {
        return "orchflow-" + seal.prove(swarmId + "/" + agentId);
    }

    private @Nullable Buffer sealed(String id, @Nullable String key) {
        return key == null || key.isEmpty()
                ? null
                : Buffer.buffer(seal.close(id, key.getBytes(StandardCharsets.UTF_8)));
    }

    private static String[] words(Provider provider) {
        return provider.wires().stream().map(Wire::word).sorted().toArray(String[]::new);
    }

    private String models(Provider provider) {
        try {
            return json.writeValueAsString(
                    provider.models().stream().map(ProviderBody.ModelBody::of).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model is not JSON", e);
        }
    }

    private Provider provider(Row row) {
        try {
            var models =
                    List.of(
                            json.readValue(
                                    row.getString("models"), ProviderBody.ModelBody[].class));
            return new Provider(
                    row.getString("id"),
                    row.getString("team_id"),
                    row.getString("name"),
                    Arrays.stream(row.getArrayOfStrings("wires"))
                            .flatMap(word -> Wire.of(word).stream())
                            .collect(Collectors.toSet()),
                    URI.create(row.getString("url")),
                    models.stream().map(ProviderRules::stored).toList(),
                    row.getBoolean("has_key"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("provider " + row.getString("id") + " is damaged", e);
        }
    }
}
