package io.orchflow.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The part of a list that a client asks for, oldest first.
///
/// @param limit 1 to [#MOST]
/// @param after id of the last item that the client has; absent for the first page
public record Page(int limit, @Nullable String after) {

    public static final int USUAL = 100;
    public static final int MOST = 1000;

    /// The items of one page, and whether there are more behind it.
    public record Slice<T>(List<T> items, boolean more) {

        public <V> Slice<V> map(Function<? super T, ? extends V> view) {
            return new Slice<>(items.stream().<V>map(view).toList(), more);
        }

        /// The answer to a client: the items, and a `Link` to the next page where there is one.
        public RestResponse<List<T>> answer(UriInfo uriInfo, Function<? super T, String> id) {
            var answer = RestResponse.ResponseBuilder.ok(items);
            if (more) {
                answer.header(HttpHeaders.LINK, link(uriInfo, id.apply(items.getLast())));
            }
            return answer.build();
        }
    }

    /// Reads the query parameters, which are given as they came, so that a bad one is a 400 and not
    /// a 404.
    ///
    /// @throws ProblemException 400 for a limit that is no number of 1 to [#MOST], and for control
    /// characters in `after`
    public static Page parse(@Nullable String limit, @Nullable String after) {
        var last = after == null || after.isBlank() ? null : after;
        if (last != null && last.chars().anyMatch(Character::isISOControl)) {
            throw Problems.badInput(
                    "after", "malformed", "after is no id: it has control characters.");
        }
        return new Page(limit == null || limit.isBlank() ? USUAL : number(limit.strip()), last);
    }

    /// Cuts rows, of which the caller has read one more than [#limit], to this page.
    public <T> Slice<T> slice(List<T> rows) {
        var more = rows.size() > limit;
        return new Slice<>(more ? List.copyOf(rows.subList(0, limit)) : rows, more);
    }

    /// The value of the `Link` header (RFC 8288), relative to the origin.
    private static String link(UriInfo uriInfo, String lastId) {
        var link = new StringBuilder("<").append(uriInfo.getRequestUri().getRawPath()).append('?');
        uriInfo.getQueryParameters().forEach((name, values) -> append(link, name, values));
        return link.append("after=").append(encode(lastId)).append(">; rel=\"next\"").toString();
    }

    private static void append(StringBuilder link, String name, List<String> values) {
        if (!name.equals("after")) {
            values.forEach(
                    v -> link.append(encode(name)).append('=').append(encode(v)).append('&'));
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static int number(String limit) {
        try {
            var number = Integer.parseInt(limit);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number out of range
        }
        throw Problems.badInput(
                "limit", "range", "limit is " + limit + "; it is a number from 1 to " + MOST + ".");
    }
}
