package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.ModelOffer;
import io.orchflow.orchestration.model.Price;
import io.orchflow.orchestration.model.Provider;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.plan.Program;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Tunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A provider that is there or not; what comes through a tunnel is written back.
final class FakeModels implements ModelGate {
    volatile boolean there = true;
    final List<AskingAgent> asking = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public List<Wire> wires(Program program) {
        if (!"codex".equals(program.profile())) {
            throw new IllegalArgumentException("there is no agent program " + program.profile());
        }
        return List.of(Wire.RESPONSES);
    }

    @Override
    public Optional<ModelChoice> choice(String teamId, Program program) {
        var model = new ModelOffer("big", Price.FREE, 100);
        var provider =
                new Provider(
                        "p",
                        teamId,
                        "house",
                        Set.of(Wire.RESPONSES),
                        URI.create("http://127.0.0.1"),
                        List.of(model),
                        true);
        return there
                ? Optional.of(new ModelChoice(provider, model, Wire.RESPONSES))
                : Optional.empty();
    }

    @Override
    public String token(String swarmId, String agentId) {
        return "token of " + agentId;
    }

    @Override
    public void serve(Tunnel tunnel, AskingAgent agent) {
        asking.add(agent);
        try (tunnel) {
            for (var bytes = tunnel.read(); bytes != null; bytes = tunnel.read()) {
                heard.add(new String(bytes, StandardCharsets.UTF_8));
                tunnel.write(bytes);
            }
        } catch (IOException e) {
            heard.add("broken: " + e.getMessage());
        }
    }
}
