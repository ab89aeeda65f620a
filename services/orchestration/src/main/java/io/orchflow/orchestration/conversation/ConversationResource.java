package io.orchflow.orchestration.conversation;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.events.Ids;
import io.orchflow.orchestration.message.MessageIdView;
import io.orchflow.orchestration.stream.EventFilter;
import io.orchflow.orchestration.stream.LiveEvents;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Correlation;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Conversations: start, list, read, follow, and speak.
@Path("/api/conversations")
@Tag(name = "Conversations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConversationResource {
    private static final int LONGEST_TITLE = 200;
    private static final String UNTITLED = "New conversation";

    public record ConversationBody(
            @Nullable @Schema(required = true, maxLength = 64) String workspaceId,
            @Nullable
                    @Schema(
                            maxLength = LONGEST_TITLE,
                            description = "Without one, the first message becomes the title.")
                    String title) {}

    public record ConversationView(
            String id,
            String workspaceId,
            String title,
            Instant createdAt,
            @Schema(description = "When something was said last, by anybody.") Instant updatedAt) {
        static ConversationView of(Conversation conversation) {
            return new ConversationView(
                    conversation.id(),
                    conversation.workspaceId(),
                    conversation.title(),
                    conversation.createdAt(),
                    conversation.updatedAt());
        }
    }

    private final Transactions transactions;
    private final ConversationRepository conversations;
    private final Posting posting;
    private final Workspaces workspaces;
    private final LiveEvents live;
    private final CurrentCaller caller;
    private final Clock clock = Clock.systemUTC();

    ConversationResource(
            Transactions transactions,
            ConversationRepository conversations,
            Posting posting,
            Workspaces workspaces,
            LiveEvents live,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.conversations = conversations;
        this.posting = posting;
        this.workspaces = workspaces;
        this.live = live;
        this.caller = caller;
    }

    @Operation(summary = "Starts a conversation in a workspace")
    @APIResponseSchema(
            value = ConversationView.class,
            responseCode = "201",
            responseDescription = "It is started.")
    @POST
    @Requires(Permission.CONVERSATION_WRITE)
    public RestResponse<ConversationView> start(ConversationBody body) {
        var title = Objects.requireNonNullElse(body.title(), UNTITLED).strip();
        new Validation()
                .text(body.workspaceId(), "workspaceId", 64)
                .text(title, "title", LONGEST_TITLE)
                .throwIfAny();
        var workspaceId = Objects.requireNonNull(body.workspaceId());
        var who = caller.get();
        var workspace = workspaces.require(workspaceId, who, Permission.CONVERSATION_WRITE);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var conversation =
                new Conversation(
                        Ids.next(),
                        workspace.teamId(),
                        workspaceId,
                        title,
                        body.title() != null,
                        who.userId(),
                        now,
                        now);
        var correlationId = Correlation.current();
        transactions.inTransaction(
                tx -> {
                    conversations.insert(tx, conversation);
                    var fact = ConversationFacts.started(conversation, correlationId);
                    tx.publish(conversation.id(), fact);
                    return true;
                });
        return RestResponse.status(RestResponse.Status.CREATED, ConversationView.of(conversation));
    }

    @Operation(summary = "Lists a workspace's conversations, oldest first")
    @APIResponseSchema(
            value = ConversationView[].class,
            responseCode = "200",
            responseDescription = "A page of them.")
    @GET
    @Requires(Permission.CONVERSATION_READ)
    public RestResponse<List<ConversationView>> list(
            @QueryParam("workspaceId") @Nullable String workspaceId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        new Validation().text(workspaceId, "workspaceId", 64).throwIfAny();
        var page = Page.parse(limit, after);
        var id = Objects.requireNonNull(workspaceId);
        workspaces.require(id, caller.get(), Permission.CONVERSATION_READ);
        var slice =
                page.slice(
                        transactions.read(
                                tx ->
                                        conversations.inWorkspace(
                                                tx, id, page.limit() + 1, page.after())));
        return slice.map(ConversationView::of).answer(uri, ConversationView::id);
    }

    @Operation(summary = "Gives one conversation")
    @APIResponseSchema(
            value = ConversationView.class,
            responseCode = "200",
            responseDescription = "The conversation.")
    @GET
    @Path("/{id}")
    @Requires(Permission.CONVERSATION_READ)
    public ConversationView get(String id) {
        return ConversationView.of(allowed(id, Permission.CONVERSATION_READ));
    }

    @Operation(
            summary = "Says something",
            description = "The answer, and a plan if there is one, follow as events.")
    @APIResponseSchema(
            value = MessageIdView.class,
            responseCode = "202",
            responseDescription = "It is stored.")
    @POST
    @Path("/{id}/messages")
    @Requires(Permission.CONVERSATION_WRITE)
    public RestResponse<MessageIdView> post(String id, SayBody body) {
        var text = body.required();
        var conversation = allowed(id, Permission.CONVERSATION_WRITE);
        var messageId = posting.post(conversation, text, body.local(), caller.get().userId());
        return RestResponse.accepted(new MessageIdView(messageId));
    }

    @Operation(summary = "Lists a conversation's messages, oldest first")
    @APIResponseSchema(
            value = MessageView[].class,
            responseCode = "200",
            responseDescription = "A page of them.")
    @GET
    @Path("/{id}/messages")
    @Requires(Permission.CONVERSATION_READ)
    public RestResponse<List<MessageView>> messages(
            String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        var page = Page.parse(limit, after);
        allowed(id, Permission.CONVERSATION_READ);
        var slice =
                page.slice(
                        transactions.read(
                                tx ->
                                        conversations.messages(
                                                tx, id, page.limit() + 1, page.after())));
        return slice.map(MessageView::of).answer(uri, MessageView::id);
    }

    @Operation(
            summary = "Follows a conversation, and the swarms it led to",
            description =
                    "Events: `message` (the message), `delta` `{messageId, text}`, `plan` `{planId, state}`, `swarm` `{swarmId, state, progress}`, and `task` and `agent` as in a swarm's events.")
    @APIResponse(
            responseCode = "200",
            description =
                    "Server-sent events with ids; a comment every 15 s of silence. Ends when the session does.",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = SchemaType.STRING)))
    @GET
    @Path("/{id}/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Requires(Permission.CONVERSATION_READ)
    public Multi<OutboundSseEvent> events(
            String id,
            @HeaderParam(LiveEvents.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        var conversation = allowed(id, Permission.CONVERSATION_READ);
        return live.stream(
                sse, conversation.workspaceId(), new EventFilter.Conversation(id), lastEventId);
    }

    private Conversation allowed(String id, Permission permission) {
        var found = transactions.read(tx -> conversations.find(tx, id));
        var who = caller.get();
        if (found.isEmpty() || !who.memberOf(found.get().teamId())) {
            throw Problems.notFound("conversation", id);
        }
        Access.require(who, permission, found.get().teamId());
        return found.get();
    }
}
