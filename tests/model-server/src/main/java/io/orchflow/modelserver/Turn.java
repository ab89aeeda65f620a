package io.orchflow.modelserver;

import java.time.Duration;
import java.util.List;

/// What the model does when it is asked once.
///
/// @param parts said and called, in this order
/// @param fault what goes wrong with it
/// @param pause before each event of a stream, or before the whole answer
public record Turn(List<Part> parts, Fault fault, Duration pause) {
    public Turn {
        parts = List.copyOf(parts);
    }

    /// What an answer is made of.
    public sealed interface Part {}

    /// Words for the person.
    public record Say(String text) implements Part {}

    /// A call of a tool by its name.
    ///
    /// @param tool of an MCP server over the wire `responses`: `mcp__<server>/<tool>`
    /// @param arguments JSON, or whatever a bad model would send
    public record Call(String tool, String arguments) implements Part {}

    /// A line for a shell, by whichever tool of the agent runs one.
    public record Run(String command) implements Part {}

    /// What may go wrong.
    public sealed interface Fault {}

    /// Nothing.
    public record None() implements Fault {}

    /// The provider refuses with this status.
    public record Status(int code) implements Fault {}

    /// The connection ends after so many events of the stream.
    public record Cut(int events) implements Fault {}

    /// No answer ever comes; the connection stays open until the client or the server gives up.
    public record Silence() implements Fault {}

    /// The body is no JSON and no event stream.
    public record Nonsense() implements Fault {}

    public static Turn of(Part... parts) {
        return new Turn(List.of(parts), new None(), Duration.ZERO);
    }

    public static Turn say(String text) {
        return of(new Say(text));
    }

    public static Turn run(String command) {
        return of(new Run(command));
    }

    public static Turn failing(Fault fault) {
        return new Turn(List.of(), fault, Duration.ZERO);
    }

    public Turn with(Fault other) {
        return new Turn(parts, other, pause);
    }

    public Turn slowly(Duration each) {
        return new Turn(parts, fault, each);
    }
}
