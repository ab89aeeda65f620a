package io.orchflow.access;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponses;
import static org.eclipse.microprofile.openapi.OASFactory.createComponents;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityRequirement;
import static org.eclipse.microprofile.openapi.OASFactory.createSecurityScheme;

import io.orchflow.problem.Page;
import io.orchflow.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/// What the API reference of every service says in the same way: who may call ([Requires]), the
/// errors, paging, and which members are required (those of a record that are not nullable).
/// Endpoints that the gateway does not route are left out. Runs when a service is built.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiReferenceFilter implements OASFilter {

    private static final String SESSION = "session";
    private static final String TOKEN = "token";
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final String INTERNAL = "/internal/";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    /// Calls whose answer may start a session: the gateway keeps no such answer to give it again.
    private static final Set<String> CREDENTIALS =
            Set.of("/api/auth/register", "/api/auth/login", "/api/auth/share-links/redeem");

    /// What smallrye says of errors by itself.
    private static final Set<String> SAYING_NOTHING =
            Set.of("Bad Request", "Not Authorized", "Not Allowed");

    private static final Map<String, String> ERRORS =
            Map.of(
                    "400", "Bad input; `errors` says which fields.",
                    "401", "No credential, or one that is not valid.",
                    "403", "Known, but not allowed.",
                    "404", "Unknown, or another team's.",
                    "429", "Too many requests; see `Retry-After`.",
                    "503", "A part that this needs is away; see `Retry-After`.");

    private static final Map<String, String> PARAMETERS =
            Map.of(
                    "limit", "Most items of the answer.",
                    "after", "Id of the last item that the client has; absent for the first page.",
                    "Idempotency-Key",
                            "Makes a repeated call safe: the first answer is given again.",
                    "If-Match", "The `ETag` of what the client has seen.",
                    "workspaceId", "The workspace; required.",
                    "sessionId", "Another name of `workspaceId`.",
                    "teamId", "One team's only.",
                    "Last-Event-ID",
                            "Id of the last event that the client has; absent from the beginning.");

    private final IndexView index;
    private final Map<String, Permission> permissions = new HashMap<>();

    public ApiReferenceFilter(IndexView index) {
        this.index = index;
        for (var requires : index.getAnnotations(Requires.class)) {
            if (requires.target().kind() == AnnotationTarget.Kind.METHOD) {
                var method = requires.target().asMethod();
                permissions.put(
                        method.declaringClass().simpleName() + "_" + method.name(),
                        Permission.valueOf(requires.value().asEnum()));
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var paths = api.getPaths();
        List.copyOf(paths.getPathItems().keySet()).stream()
                .filter(path -> path.startsWith(INTERNAL))
                .forEach(paths::removePathItem);
        if (api.getComponents() == null) {
            api.setComponents(createComponents());
        }
        required(api);
        components(api);
        paths.getPathItems()
                .forEach(
                        (path, item) ->
                                item.getOperations()
                                        .forEach((verb, call) -> complete(path, verb, call)));
    }

    private static void components(OpenAPI api) {
        var components = api.getComponents();
        components.addSecurityScheme(
                SESSION,
                createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("orchflow_session")
                        .description(
                                "A signed-in person's browser. Calls that change something need"
                                        + " the `Origin` of this place."));
        components.addSecurityScheme(
                TOKEN,
                createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("A personal access token whose scopes cover the call."));
        components.addSchema("Problem", problem());
        new TreeMap<>(ERRORS)
                .forEach((code, text) -> components.addResponse("Error" + code, error(code, text)));
    }

    private static Schema problem() {
        var error = object().description("One thing wrong with the input.");
        for (var member : List.of("field", "code", "message")) {
            error.addProperty(member, string()).addRequired(member);
        }
        var problem = object().description("An error, as RFC 9457 has it.");
        problem.addProperty("type", string().pattern("^" + Problem.TYPE_PREFIX + "[a-z-]+$"))
                .addProperty("title", string())
                .addProperty("status", createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", string().description("Names the thing and the value."))
                .addProperty(
                        "errors", createSchema().addType(Schema.SchemaType.ARRAY).items(error));
        return problem.required(List.of("type", "title", "status", "detail"));
    }

    private void complete(String path, PathItem.HttpMethod verb, Operation call) {
        var permission = permissions.get(call.getOperationId());
        if (permission != null) {
            admit(call, permission);
        }
        if (call.getSecurity() == null) {
            call.setSecurity(List.of());
        }
        if (verb == PathItem.HttpMethod.POST && !CREDENTIALS.contains(path)) {
            call.addParameter(createParameter().in(Parameter.In.HEADER).name("Idempotency-Key"));
        }
        var parameters = call.getParameters() == null ? List.<Parameter>of() : call.getParameters();
        call.setParameters(parameters.stream().filter(p -> !p.getName().startsWith("X-")).toList());
        parameters.forEach(ApiReferenceFilter::describe);
        respond(path, call, permission);
    }

    private static void admit(Operation call, Permission permission) {
        call.addSecurityRequirement(createSecurityRequirement().addScheme(SESSION));
        if (!permission.peopleOnly()) {
            call.addSecurityRequirement(createSecurityRequirement().addScheme(TOKEN));
        }
        var said = call.getDescription() == null ? "" : call.getDescription().strip() + "\n\n";
        call.setDescription(
                said
                        + (permission.peopleOnly()
                                ? "For people only"
                                : "Scope `" + permission.scope() + "`")
                        + "; least role "
                        + permission.least().name().toLowerCase(Locale.ROOT)
                        + ".");
    }

    private static void describe(Parameter parameter) {
        var text = PARAMETERS.get(parameter.getName());
        if (text == null || parameter.getDescription() != null) {
            return;
        }
        parameter.setDescription(text);
        parameter.setSchema(
                parameter.getName().equals("limit")
                        ? createSchema()
                                .addType(Schema.SchemaType.INTEGER)
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(Page.MOST))
                                .defaultValue(Page.USUAL)
                        : string());
    }

    private static void respond(String path, Operation call, @Nullable Permission permission) {
        var responses = new TreeMap<>(call.getResponses().getAPIResponses());
        responses
                .values()
                .removeIf(r -> SAYING_NOTHING.contains(String.valueOf(r.getDescription())));
        responses.replaceAll(ApiReferenceFilter::withProblem);
        var queried = call.getParameters().stream().anyMatch(p -> p.getIn() == Parameter.In.QUERY);
        if (permission != null) {
            refer(responses, "401");
            refer(responses, "403");
        }
        if (call.getRequestBody() != null || (queried && permission != null)) {
            refer(responses, "400");
        }
        if (path.contains("{") && permission != null) {
            refer(responses, "404");
        }
        refer(responses, "429");
        refer(responses, "503");
        if (call.getParameters().stream().anyMatch(p -> p.getName().equals("limit"))) {
            responses.computeIfPresent("200", (_, response) -> paged(response));
        }
        var sorted = createAPIResponses();
        responses.forEach(sorted::addAPIResponse);
        call.setResponses(sorted);
    }

    private static void refer(Map<String, APIResponse> responses, String code) {
        responses.putIfAbsent(code, createAPIResponse().ref("#/components/responses/Error" + code));
    }

    private static APIResponse withProblem(String code, APIResponse response) {
        var bare = response.getContent() == null && response.getRef() == null;
        return bare && code.compareTo("400") >= 0
                ? error(code, String.valueOf(response.getDescription()))
                : response;
    }

    private static APIResponse error(String code, String text) {
        var response =
                createAPIResponse()
                        .description(text)
                        .content(
                                createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                createMediaType()
                                                        .schema(createSchema().ref(PROBLEM))));
        return Set.of("413", "429", "503").contains(code)
                ? response.addHeader(
                        "Retry-After",
                        createHeader()
                                .description("Seconds to wait.")
                                .schema(createSchema().addType(Schema.SchemaType.INTEGER)))
                : response;
    }

    private static APIResponse paged(APIResponse response) {
        return response.addHeader(
                "Link",
                createHeader()
                        .description("The next page, `rel=\"next\"`; absent on the last.")
                        .schema(string()));
    }

    private void required(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        if (schemas != null) {
            index.getKnownClasses().stream()
                    .filter(type -> type.isRecord())
                    .filter(type -> type.name().packagePrefix().startsWith("io.orchflow."))
                    .forEach(type -> require(schemas.get(type.simpleName()), type));
        }
    }

    /// @param schema of the record's simple name; another record's where its members differ
    private static void require(@Nullable Schema schema, ClassInfo type) {
        var components = type.recordComponentsInDeclarationOrder();
        var names = components.stream().map(RecordComponentInfo::name).collect(Collectors.toSet());
        if (schema == null
                || schema.getProperties() == null
                || !schema.getProperties().keySet().equals(names)) {
            return;
        }
        for (var component : components) {
            var known = schema.getRequired() == null ? List.<String>of() : schema.getRequired();
            if (!component.type().hasAnnotation(NULLABLE) && !known.contains(component.name())) {
                schema.addRequired(component.name());
            }
        }
    }

    private static Schema object() {
        return createSchema().addType(Schema.SchemaType.OBJECT);
    }

    private static Schema string() {
        return createSchema().addType(Schema.SchemaType.STRING);
    }
}
