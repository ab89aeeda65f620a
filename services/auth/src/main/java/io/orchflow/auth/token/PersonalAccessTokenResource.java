package io.orchflow.auth.token;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.problem.Page;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Personal access tokens: a person makes, lists and revokes their own.
@Path("/api/auth/personal-access-tokens")
@Tag(name = "Personal access tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PersonalAccessTokenResource {

    private static final int LONGEST_NAME = 100;
    private static final int MOST_DAYS = 3650;

    public record NewToken(
            @Nullable @Schema(required = true, maxLength = LONGEST_NAME) String name,
            @Nullable
                    @Schema(
                            minimum = "1",
                            maximum = "" + MOST_DAYS,
                            description = "Absent: it does not expire.")
                    Integer expiresInDays,
            @Nullable
                    @Schema(
                            description =
                                    "Permissions such as `workspace:read`, or areas such as `workspace`; none means all that a token may.")
                    List<@Nullable String> scopes) {}

    public record CreatedView(
            String id,
            String token,
            String name,
            Set<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    public record TokenView(
            String id,
            String name,
            Set<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static TokenView of(PersonalAccessToken token) {
            return new TokenView(
                    token.id(),
                    token.name(),
                    new TreeSet<>(token.scopes()),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt());
        }
    }

    private final EntityTransactions transactions;
    private final PersonalAccessTokenService tokens;
    private final CurrentCaller caller;

    PersonalAccessTokenResource(
            EntityTransactions transactions,
            PersonalAccessTokenService tokens,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.caller = caller;
    }

    @Operation(summary = "Makes a personal access token")
    @APIResponseSchema(
            value = CreatedView.class,
            responseCode = "201",
            responseDescription = "The token, shown this once.")
    @POST
    @Requires(Permission.TOKEN_MANAGE)
    @ResponseStatus(201)
    public CreatedView create(NewToken body) {
        var scopes = checked(body);
        var name = String.valueOf(body.name()).strip();
        var days = body.expiresInDays();
        var life = days == null ? null : Duration.ofDays(days);
        var userId = caller.get().userId();
        var created = transactions.run(rows -> tokens.create(rows, userId, name, scopes, life));
        var token = created.token();
        return new CreatedView(
                token.id(),
                created.secret().text(),
                token.name(),
                scopes,
                token.createdAt(),
                token.expiresAt());
    }

    @Operation(summary = "Lists the caller's tokens, oldest first, without the tokens themselves")
    @GET
    @Requires(Permission.TOKEN_READ)
    public RestResponse<List<TokenView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        var userId = caller.get().userId();
        return page.slice(transactions.run(rows -> tokens.list(rows, userId, page)))
                .map(TokenView::of)
                .answer(uriInfo, TokenView::id);
    }

    @Operation(summary = "Revokes a token: its live sockets close")
    @APIResponse(responseCode = "204", description = "It is revoked.")
    @DELETE
    @Path("{id}")
    @Requires(Permission.TOKEN_MANAGE)
    public RestResponse<Void> revoke(@PathParam("id") String id) {
        var userId = caller.get().userId();
        var grant = transactions.run(rows -> tokens.revoke(rows, userId, id));
        return RestResponse.ResponseBuilder.<Void>noContent()
                .header("Orchflow-Grants-Revoked", grant)
                .header("Orchflow-Caller-Changed", "true")
                .build();
    }

    private static Set<String> checked(NewToken body) {
        var validation = new Validation().text(body.name(), "name", LONGEST_NAME);
        var days = body.expiresInDays();
        validation.check(
                days == null || (days >= 1 && days <= MOST_DAYS),
                "expiresInDays",
                "range",
                "expiresInDays is " + days + "; it is a number from 1 to " + MOST_DAYS + ".");
        var known = PersonalAccessToken.knownScopes();
        var scopes = new TreeSet<String>();
        var asked = body.scopes() == null ? List.<@Nullable String>of() : body.scopes();
        for (var i = 0; i < asked.size(); i++) {
            var scope = asked.get(i);
            if (scope != null && known.contains(scope)) {
                scopes.add(scope);
            } else {
                validation.check(
                        false,
                        "scopes[" + i + "]",
                        "unknown-value",
                        "\"" + scope + "\" is no scope; known: " + String.join(", ", known) + ".");
            }
        }
        validation.throwIfAny();
        return scopes;
    }
}
