package io.orchflow.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// The id that follows one request through services, facts and logs. It lives in the logging
/// context of the request.
public final class Correlation {

    public static final String HEADER = "X-Correlation-Id";

    private static final String KEY = "correlationId";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Correlation() {}

    /// Sets the id of this request: the given one where it is well formed (1 to 64 of
    /// `A-Za-z0-9._-`), else a new one.
    public static String start(@Nullable String offered) {
        var id =
                offered != null && WELL_FORMED.matcher(offered).matches()
                        ? offered
                        : UUID.randomUUID().toString();
        MDC.put(KEY, id);
        return id;
    }

    /// The id of this request; outside of one, a new id that is kept from then on.
    public static String current() {
        return MDC.get(KEY) instanceof String id ? id : start(null);
    }
}
