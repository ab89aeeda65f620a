package io.orchflow.problem;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Endpoints that fail in every way.
@Path("/sample")
public class SampleResource {

    public enum Colour {
        RED,
        GREEN
    }

    public record Task(@Nullable String role, int size, @Nullable Colour colour) {
        public Task {
            if (size < 0) {
                throw new IllegalArgumentException("size is " + size + "; it is 0 or more.");
            }
        }
    }

    public record Plan(@Nullable List<Task> tasks) {}

    @POST
    @Path("plans")
    public Plan plan(Plan plan) {
        return plan;
    }

    public record Name(@Nullable String name) {}

    @POST
    @Path("names")
    public Name name(Name name) {
        return name;
    }

    @POST
    @Path("bodiless")
    public String bodiless() {
        return "done";
    }

    @POST
    @Path("optional")
    public String optional(@OptionalBody @Nullable Plan plan) {
        return plan == null ? "nothing" : "something";
    }

    @GET
    @Path("text")
    @Produces("text/plain")
    public String text() {
        return "text";
    }

    @GET
    @Path("fails/{how}")
    public String fail(@PathParam("how") String how) {
        throw switch (how) {
            case "conflict" -> Problems.conflict("already", "It was so already.");
            case "busy" -> Problems.tooManyRequests("Too many.", Duration.ofMillis(1200));
            case "away" -> Problems.unavailable("Away.", Duration.ofSeconds(3));
            case "wrapped" -> new IllegalStateException(Problems.notFound("pane", "p1"));
            default -> new IllegalStateException("secret of the house");
        };
    }
}
