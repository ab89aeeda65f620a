package io.orchflow.orchestration.loop;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What acts for the model in the agent's sandbox. Calls block; one thread.
interface Hands {

    /// A call that was understood.
    ///
    /// @param arguments a JSON object
    record Call(String id, String tool, String arguments) {}

    /// What came of it.
    ///
    /// @param exitCode of a command
    /// @param text for the model
    /// @param said by people meanwhile
    record Outcome(boolean ok, @Nullable Integer exitCode, String text, List<Said> said) {
        public Outcome {
            said = List.copyOf(said);
        }
    }

    /// What a person wrote.
    record Said(String from, String text) {}

    /// Whether anybody is there.
    boolean open();

    /// @throws IOException nobody is there any more
    Outcome act(Call call) throws IOException, InterruptedException;

    /// The model's words, as they come; into the void where nobody is there.
    void say(String words);

    /// What an answer has used.
    void used(long input, long output) throws IOException;

    /// Something that a person who watches should know.
    void note(String text) throws IOException;

    /// The work has ended.
    ///
    /// @return what people said before that was known; where it is not empty, the work goes on
    List<Said> end(End end) throws IOException, InterruptedException;
}
