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
    public Optional<Wire> wire(Program program) {
        return profiles.find(program.profile())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no agent program " + program.profile()))
                .spoken();
    }

    @Override
    public Optional<ModelChoice> choice(String teamId, Program program) {
        return wire(program)
                .flatMap(wire -> ModelChoice.of(providers.of(teamId), wire, program.model()));
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
