package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Providers;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.plan.Program;
import io.orchflow.orchestration.profile.ProfileCatalogue;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Tunnel;
import io.orchflow.orchestration.tunnel.TunnelServer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The models of teams' providers, through the proxy.
@Singleton
class TeamModels implements ModelGate {
    private final ProfileCatalogue profiles;
    private final Providers providers;
    private final TunnelServer server;

    TeamModels(ProfileCatalogue profiles, Providers providers, TunnelServer server) {
        this.profiles = profiles;
        this.providers = providers;
        this.server = server;
    }

    @Override
    public List<Wire> wires(Program program) {
        var profile = program.profile();
        if (profile == null) {
            return Wire.ofOurAgent();
        }
        return profiles
                .find(profile)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no agent program " + profile))
                .spoken()
                .stream()
                .toList();
    }

    @Override
    public Optional<ModelChoice> choice(String teamId, Program program) {
        return ModelChoice.of(providers.of(teamId), wires(program), program.model());
    }

    @Override
    public String token(String swarmId, String agentId) {
        return providers.token(swarmId, agentId);
    }

    @Override
    public void serve(Tunnel tunnel, AskingAgent agent) {
        server.serve(tunnel, agent);
    }
}
