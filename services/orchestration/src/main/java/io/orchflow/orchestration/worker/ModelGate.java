package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.plan.Program;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Tunnel;
import java.util.List;
import java.util.Optional;

/// The way of a swarm's agents to models. Calls block; any thread.
public interface ModelGate {

    /// What an agent program speaks, of which one will do; empty where it has a way of its own.
    ///
    /// @throws IllegalArgumentException there is no such program
    List<Wire> wires(Program program);

    /// The model for an agent program; empty where the team has none.
    Optional<ModelChoice> choice(String teamId, Program program);

    /// What lets an agent in.
    String token(String swarmId, String agentId);

    /// Answers what comes through a tunnel until it is over.
    void serve(Tunnel tunnel, AskingAgent agent);
}
