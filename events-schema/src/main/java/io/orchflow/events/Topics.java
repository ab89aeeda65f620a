package io.orchflow.events;

import io.orchflow.events.auth.InvitationWithdrawn;
import io.orchflow.events.auth.MemberInvited;
import io.orchflow.events.auth.MemberJoined;
import io.orchflow.events.auth.MemberLeft;
import io.orchflow.events.auth.MemberRoleChanged;
import io.orchflow.events.auth.PasswordChanged;
import io.orchflow.events.auth.PersonalAccessTokenCreated;
import io.orchflow.events.auth.PersonalAccessTokenRevoked;
import io.orchflow.events.auth.SessionEnded;
import io.orchflow.events.auth.SessionStarted;
import io.orchflow.events.auth.SignInRefused;
import io.orchflow.events.auth.SigningKeyState;
import io.orchflow.events.auth.TeamCreated;
import io.orchflow.events.auth.UserRegistered;
import io.orchflow.events.auth.UserRenamed;
import io.orchflow.events.orchestration.AgentExited;
import io.orchflow.events.orchestration.AgentMessageSent;
import io.orchflow.events.orchestration.AgentPaused;
import io.orchflow.events.orchestration.AgentResumed;
import io.orchflow.events.orchestration.AgentStarted;
import io.orchflow.events.orchestration.ConversationStarted;
import io.orchflow.events.orchestration.IntentDetected;
import io.orchflow.events.orchestration.MessagePosted;
import io.orchflow.events.orchestration.ModelCallEnded;
import io.orchflow.events.orchestration.PermissionAsked;
import io.orchflow.events.orchestration.PermissionDecided;
import io.orchflow.events.orchestration.PlanChanged;
import io.orchflow.events.orchestration.PlanProposed;
import io.orchflow.events.orchestration.PlanningCallEnded;
import io.orchflow.events.orchestration.SwarmApproved;
import io.orchflow.events.orchestration.SwarmCancelled;
import io.orchflow.events.orchestration.SwarmCompleted;
import io.orchflow.events.orchestration.SwarmFailed;
import io.orchflow.events.orchestration.SwarmPaused;
import io.orchflow.events.orchestration.SwarmResumed;
import io.orchflow.events.orchestration.SwarmStarted;
import io.orchflow.events.orchestration.TaskAttemptFailed;
import io.orchflow.events.orchestration.TaskCancelled;
import io.orchflow.events.orchestration.TaskFailed;
import io.orchflow.events.orchestration.TaskRetried;
import io.orchflow.events.orchestration.TaskStarted;
import io.orchflow.events.orchestration.TaskVerified;
import io.orchflow.events.terminal.JournalGapFound;
import io.orchflow.events.terminal.PaneClosed;
import io.orchflow.events.terminal.PaneExited;
import io.orchflow.events.terminal.PaneLeaseChanged;
import io.orchflow.events.terminal.PaneOpened;
import io.orchflow.events.terminal.PaneResized;
import io.orchflow.events.terminal.WorkspaceAgentStarted;
import io.orchflow.events.workspaces.WorkspaceDeleted;
import io.orchflow.events.workspaces.WorkspaceFailed;
import io.orchflow.events.workspaces.WorkspaceRequested;
import io.orchflow.events.workspaces.WorkspaceStarted;
import io.orchflow.events.workspaces.WorkspaceState;
import io.orchflow.events.workspaces.WorkspaceStopped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// Every topic of orchflow and the records each one carries. The only place that names them.
public final class Topics {
    public static final Topic USER = new Topic("orchflow.auth.user.v1", "auth", 4, false);
    public static final Topic TEAM = new Topic("orchflow.auth.team.v1", "auth", 4, false);
    public static final Topic SIGNING_KEY_STATE =
            new Topic("orchflow.auth.keys.state.v1", "auth", 1, true);
    public static final Topic WORKSPACE =
            new Topic("orchflow.workspaces.workspace.v1", "workspaces", 4, false);
    public static final Topic WORKSPACE_STATE =
            new Topic("orchflow.workspaces.workspace.state.v1", "workspaces", 4, true);
    public static final Topic PANE = new Topic("orchflow.terminal.pane.v1", "terminal", 4, false);
    public static final Topic CONVERSATION =
            new Topic("orchflow.orchestration.conversation.v1", "orchestration", 4, false);
    public static final Topic SWARM =
            new Topic("orchflow.orchestration.swarm.v1", "orchestration", 4, false);

    /// Key: the fingerprint in hex; value: the schema in JSON. A producer writes its
    /// schemas here before its first fact.
    public static final Topic SCHEMAS = new Topic("orchflow.schemas.v1", "", 1, true);

    private static final Map<Topic, List<SpecificRecordBase>> RECORDS = new LinkedHashMap<>();
    private static final Map<String, Topic> TOPIC_BY_RECORD = new HashMap<>();
    private static final Map<String, SpecificRecordBase> BY_NAME = new HashMap<>();

    static {
        carries(
                USER,
                new UserRegistered(),
                new UserRenamed(),
                new PasswordChanged(),
                new SessionStarted(),
                new SessionEnded(),
                new SignInRefused(),
                new PersonalAccessTokenCreated(),
                new PersonalAccessTokenRevoked());
        carries(
                TEAM,
                new TeamCreated(),
                new MemberInvited(),
                new InvitationWithdrawn(),
                new MemberJoined(),
                new MemberRoleChanged(),
                new MemberLeft());
        carries(SIGNING_KEY_STATE, new SigningKeyState());
        carries(
                WORKSPACE,
                new WorkspaceRequested(),
                new WorkspaceStarted(),
                new WorkspaceStopped(),
                new WorkspaceFailed(),
                new WorkspaceDeleted());
        carries(WORKSPACE_STATE, new WorkspaceState());
        carries(
                PANE,
                new PaneOpened(),
                new PaneExited(),
                new PaneClosed(),
                new PaneResized(),
                new PaneLeaseChanged(),
                new WorkspaceAgentStarted(),
                new JournalGapFound());
        carries(
                CONVERSATION,
                new ConversationStarted(),
                new MessagePosted(),
                new IntentDetected(),
                new PlanProposed(),
                new PlanChanged(),
                new PlanningCallEnded());
        carries(
                SWARM,
                new SwarmApproved(),
                new SwarmStarted(),
                new SwarmPaused(),
                new SwarmResumed(),
                new SwarmCompleted(),
                new SwarmFailed(),
                new SwarmCancelled(),
                new TaskStarted(),
                new TaskAttemptFailed(),
                new TaskVerified(),
                new TaskFailed(),
                new TaskCancelled(),
                new TaskRetried(),
                new AgentStarted(),
                new AgentExited(),
                new AgentPaused(),
                new AgentResumed(),
                new ModelCallEnded(),
                new AgentMessageSent(),
                new PermissionAsked(),
                new PermissionDecided());
    }

    private Topics() {}

    private static void carries(Topic topic, SpecificRecordBase... records) {
        RECORDS.put(topic, List.of(records));
        for (SpecificRecordBase r : records) {
            TOPIC_BY_RECORD.put(r.getSchema().getFullName(), topic);
            BY_NAME.put(r.getSchema().getFullName(), r);
        }
    }

    /// Every topic of facts and states; {@link #SCHEMAS} is not among them.
    public static Set<Topic> all() {
        return RECORDS.keySet();
    }

    /// The topics that one service owns.
    public static Stream<Topic> ownedBy(String service) {
        return RECORDS.keySet().stream().filter(t -> t.owner().equals(service));
    }

    /// @throws IllegalArgumentException if no topic carries such a record
    public static Topic of(SpecificRecordBase fact) {
        Topic topic = TOPIC_BY_RECORD.get(fact.getSchema().getFullName());
        if (topic == null) {
            throw new IllegalArgumentException(
                    "no topic carries " + fact.getSchema().getFullName());
        }
        return topic;
    }

    /// An empty specimen of every record type.
    public static Stream<SpecificRecordBase> records() {
        return RECORDS.values().stream().flatMap(List::stream);
    }

    /// The schemas of the records of one topic.
    public static List<Schema> schemasOf(Topic topic) {
        return RECORDS.getOrDefault(topic, List.of()).stream()
                .map(SpecificRecordBase::getSchema)
                .toList();
    }

    static @Nullable Schema schemaNamed(String fullName) {
        SpecificRecordBase record = BY_NAME.get(fullName);
        return record == null ? null : record.getSchema();
    }

    static SpecificData dataOf(Schema schema) {
        SpecificRecordBase record = BY_NAME.get(schema.getFullName());
        if (record == null) {
            throw new IllegalArgumentException("no record type " + schema.getFullName());
        }
        return record.getSpecificData();
    }
}
