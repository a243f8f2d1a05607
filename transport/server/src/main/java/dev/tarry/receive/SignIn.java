package dev.tarry.receive;

import dev.tarry.login.Conversation;
import dev.tarry.login.Login;
import dev.tarry.login.LoginDesk;
import dev.tarry.login.Mechanism;
import dev.tarry.login.Turn;
import dev.tarry.login.Verdict;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One session's attempts to log in (RFC 4954): carries a [Conversation] in base64, and remembers who it turned out to
/// be. Which replies are made of it is [ReceiveSession]'s business. On the channel's loop.
final class SignIn {
    private static final String CANCEL = "*";
    private static final String EMPTY = "=";

    /// What becomes of a line.
    sealed interface Outcome {
        /// @param base64 what goes behind 334
        record Challenge(String base64) implements Outcome {}

        /// The password is being checked.
        record Checking() implements Outcome {}

        record Over(Verdict verdict) implements Outcome {}

        /// The line is no base64; the attempt is over.
        record Garbage() implements Outcome {}

        /// The client gave up.
        record Cancelled() implements Outcome {}
    }

    private final LoginDesk desk;
    private final Executor loop;
    private final Consumer<Verdict> checked;

    /// whether what is being checked is waited for; read by the desk's threads
    private volatile boolean wanted;

    private Conversation conversation;
    private Mechanism mechanism;
    private Optional<Login> login = Optional.empty();
    private int failures;

    /// @param checked told on the loop what came of [Outcome.Checking]
    SignIn(LoginDesk desk, Executor loop, Consumer<Verdict> checked) {
        this.desk = desk;
        this.loop = loop;
        this.checked = checked;
    }

    /// Who the client is, if it has said and proved so.
    Optional<Login> login() {
        return login;
    }

    /// Of the latest attempt.
    Mechanism mechanism() {
        return mechanism;
    }

    /// An attempt begins.
    ///
    /// @param initial as it stands behind AUTH
    Outcome begin(Mechanism chosen, Optional<String> initial) {
        mechanism = chosen;
        conversation = desk.converse(chosen);
        if (initial.isEmpty()) {
            return outcome(conversation.begin(Optional.empty()));
        }
        Optional<byte[]> octets = initial.get().equals(EMPTY) ? Optional.of(new byte[0]) : decoded(initial.get());
        return octets.isEmpty() ? new Outcome.Garbage() : outcome(conversation.begin(octets));
    }

    /// What answered a challenge.
    Outcome answer(String line) {
        if (line.equals(CANCEL)) {
            return new Outcome.Cancelled();
        }
        Optional<byte[]> octets = decoded(line);
        return octets.isEmpty() ? new Outcome.Garbage() : outcome(conversation.answer(octets.get()));
    }

    /// The attempt is over, however it ended.
    void over() {
        wanted = false;
        conversation = null;
    }

    void succeeded(Login who) {
        login = Optional.of(who);
    }

    /// @return how many there were by now
    int failed() {
        failures++;
        return failures;
    }

    /// Nobody has logged in; how often it failed is not forgotten.
    void forget() {
        login = Optional.empty();
        over();
    }

    private Outcome outcome(Turn turn) {
        return switch (turn) {
            case Turn.Challenge(var octets) ->
                new Outcome.Challenge(Base64.getEncoder().encodeToString(octets));
            case Turn.Over(var verdict) -> new Outcome.Over(verdict);
            case Turn.Check check -> {
                wanted = true;
                desk.check(check, () -> wanted, verdict -> loop.execute(() -> checked.accept(verdict)));
                yield new Outcome.Checking();
            }
        };
    }

    private static Optional<byte[]> decoded(String line) {
        try {
            return Optional.of(Base64.getDecoder().decode(line));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
