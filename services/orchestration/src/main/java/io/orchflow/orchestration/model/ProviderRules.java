package io.orchflow.orchestration.model;

import io.orchflow.problem.Validation;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a client's provider to what can be asked, and says everything that is wrong at once.
final class ProviderRules {
    static final int LONGEST_URL = 500;
    static final int LONGEST_KEY = 4_000;
    static final int MOST_MODELS = 50;
    private static final int MOST_OUTPUT = 1_000_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}");

    private final Validation errors = new Validation();

    private ProviderRules() {}

    /// @throws io.orchflow.problem.ProblemException 400
    static Provider provider(String id, String teamId, ProviderBody body, boolean hadKey) {
        var rules = new ProviderRules();
        var name = Objects.requireNonNullElse(body.name(), "");
        rules.errors.check(
                NAME.matcher(name).matches(),
                "name",
                "pattern",
                "A name has 1 to 64 letters, digits, spaces and _ . - and begins with a letter or digit.");
        var wires = rules.wires(body.wires());
        var url = rules.url(body.url());
        var key = body.key();
        rules.errors.check(
                key == null
                        || (key.length() <= LONGEST_KEY
                                && key.chars().allMatch(c -> c > ' ' && c < 127)),
                "key",
                "malformed",
                "A key is one word of at most " + LONGEST_KEY + " printable ASCII characters.");
        var models = rules.models(body.models());
        rules.errors.throwIfAny();
        var hasKey = key == null ? hadKey : !key.isEmpty();
        return new Provider(id, teamId, name, wires, url, models, hasKey);
    }

    /// A model that was held to the rules when it was stored.
    static ModelOffer stored(ProviderBody.ModelBody body) {
        return new ProviderRules().model("", Objects.requireNonNull(body.name()), body);
    }

    private Set<Wire> wires(@Nullable List<@Nullable String> words) {
        var wires = EnumSet.noneOf(Wire.class);
        var given = words == null ? List.<@Nullable String>of() : words;
        errors.check(
                !given.isEmpty(),
                "wires",
                "required",
                "Say which dialects it speaks: responses, chat or messages.");
        for (int i = 0; i < given.size(); i++) {
            var wire = Wire.of(Objects.requireNonNullElse(given.get(i), ""));
            errors.check(
                    wire.isPresent(),
                    "wires[" + i + "]",
                    "unknown",
                    "A dialect is responses, chat or messages, not " + given.get(i) + ".");
            wire.ifPresent(wires::add);
        }
        return wires;
    }

    private URI url(@Nullable String text) {
        errors.text(text, "url", LONGEST_URL);
        try {
            var url = new URI(Objects.requireNonNullElse(text, "").strip().replaceAll("/+$", ""));
            var scheme = Objects.requireNonNullElse(url.getScheme(), "");
            errors.check(
                    (scheme.equals("https") || scheme.equals("http"))
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getQuery() == null
                            && url.getFragment() == null,
                    "url",
                    "malformed",
                    "The address begins with https:// or http:// and has no user, query or fragment.");
            return url;
        } catch (URISyntaxException e) {
            errors.check(false, "url", "malformed", "The address is not a URL: " + e.getReason());
            return URI.create("http://invalid");
        }
    }

    private List<ModelOffer> models(@Nullable List<ProviderBody.@Nullable ModelBody> bodies) {
        var given = bodies == null ? List.<ProviderBody.@Nullable ModelBody>of() : bodies;
        errors.check(!given.isEmpty(), "models", "required", "Name at least one model.");
        errors.check(
                given.size() <= MOST_MODELS,
                "models",
                "too-many",
                "A provider has at most " + MOST_MODELS + " models.");
        var names = new HashSet<String>();
        var models = new ArrayList<ModelOffer>();
        for (int i = 0; i < Math.min(given.size(), MOST_MODELS); i++) {
            var body = given.get(i);
            var at = "models[" + i + "]";
            errors.text(body == null ? null : body.name(), at + ".name", 200);
            if (body != null && body.name() != null) {
                errors.check(
                        names.add(body.name()),
                        at + ".name",
                        "duplicate",
                        "There are two models " + body.name() + ".");
                models.add(model(at, body.name(), body));
            }
        }
        return models;
    }

    private ModelOffer model(String at, String name, ProviderBody.ModelBody body) {
        var most = Objects.requireNonNullElse(body.maxOutputTokens(), ModelOffer.MAX_OUTPUT);
        errors.check(
                most >= 1 && most <= MOST_OUTPUT,
                at + ".maxOutputTokens",
                "range",
                "The longest answer has 1 to 1,000,000 tokens.");
        var in = micros(at + ".inputUsd", body.inputUsd());
        var cached =
                body.cachedInputUsd() == null
                        ? in
                        : micros(at + ".cachedInputUsd", body.cachedInputUsd());
        var out = micros(at + ".outputUsd", body.outputUsd());
        return new ModelOffer(name, new Price(in, cached, out), most);
    }

    /// Rounded up to a micro-dollar.
    private long micros(String field, @Nullable BigDecimal usd) {
        if (usd == null) {
            return 0;
        }
        if (usd.signum() < 0 || usd.compareTo(Price.MOST_USD) > 0) {
            errors.check(false, field, "range", "A price is 0 to 10,000 USD for a million tokens.");
            return 0;
        }
        return usd.movePointRight(6).setScale(0, java.math.RoundingMode.UP).longValueExact();
    }
}
