package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What can be done to queues and messages: to one at once, or to all that match a filter, which is an
/// operation that can be watched and cancelled. Reached by [TarryClient#verbs]; as thread-safe.
public final class VerbClient {
    private static final String QUEUES = "/api/v1/queues/";
    private static final String MESSAGES = "/api/v1/messages/";
    private static final String OPERATIONS = "/api/v1/operations";

    /// How often somebody who waits is told how far it is, in real time.
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

    private final Http http;

    VerbClient(Http http) {
        this.http = http;
    }

    /// To one queue.
    ///
    /// @throws ProblemException also if the identity means several, or Exchange does not do that there
    public Outcome queue(QueueVerb verb, String identity) {
        return outcome(QUEUES + encoded(identity) + "/" + verb.word(), verb.members());
    }

    /// To all queues that match. Returns within a second or so, whether it is over or not.
    public OperationStatus queues(QueueVerb verb, String filter) {
        return begin(QUEUES + verb.word(), verb.members(), filter);
    }

    /// To one message's copy in one queue.
    ///
    /// @throws ProblemException also if the identity means several, or Exchange does not do that there
    public Outcome message(MessageVerb verb, String identity) {
        return outcome(MESSAGES + encoded(identity) + "/" + verb.word(), verb.members());
    }

    /// To all messages that match. Returns within a second or so, whether it is over or not.
    public OperationStatus messages(MessageVerb verb, String filter) {
        return begin(MESSAGES + verb.word(), verb.members(), filter);
    }

    /// Has another server take over what waits in all delivery queues; no new mail is taken until that is over, or
    /// [#cancelRedirect] ends it. Returns within a second or so, whether it is over or not.
    ///
    /// @param target the other server's full name
    public OperationStatus redirect(String target) {
        return OperationStatus.of(http.object("POST", MESSAGES + "redirect", Optional.of(Map.of("target", target))));
    }

    /// Ends the redirection that is under way: what has been moved stays where it is, and new mail is taken again.
    ///
    /// @return with how many messages had been moved; unchanged if none was under way
    public Outcome cancelRedirect() {
        return outcome(MESSAGES + "redirect/cancel", Map.of());
    }

    private Outcome outcome(String path, Map<String, Object> members) {
        Answer told = http.object("POST", path, Optional.of(members));
        return new Outcome(told.text("outcome"), told.count("messages"));
    }

    private OperationStatus begin(String path, Map<String, Object> members, String filter) {
        Map<String, Object> body = new LinkedHashMap<>(members);
        body.put("filter", filter);
        return OperationStatus.of(http.object("POST", path, Optional.of(body)));
    }

    /// A suspended message with its envelope, as the Replay directory takes it in.
    public byte[] export(String identity) {
        return http.content(MESSAGES + encoded(identity) + "/export");
    }

    /// Newest first.
    public List<OperationStatus> operations() {
        return http.object("GET", OPERATIONS, Optional.empty()).items().stream()
                .map(OperationStatus::of)
                .toList();
    }

    /// How an operation stands, at its end or after that long in real time, of which whole seconds count.
    public OperationStatus operation(long id, Duration wait) {
        return OperationStatus.of(
                http.object("GET", OPERATIONS + "/" + id + "?wait=" + wait.toSeconds(), Optional.empty()));
    }

    /// Ends it after what is under way.
    ///
    /// @return how far it came
    public OperationStatus cancel(long id) {
        return OperationStatus.of(http.object("POST", OPERATIONS + "/" + id + "/cancel", Optional.empty()));
    }

    /// Waits until it is over. A thread that is interrupted cancels it.
    ///
    /// @param progress told about once a second how far it is
    public OperationStatus finish(OperationStatus begun, Consumer<OperationStatus> progress) {
        OperationStatus now = begun;
        try {
            while (!now.over()) {
                progress.accept(now);
                now = operation(now.id(), TOLD_EVERY);
            }
            return now;
        } catch (ServerUnreachableException | AnswerBrokenOffException lost) {
            if (Thread.interrupted()) { // else the cancelling could not be sent
                try {
                    return cancel(now.id());
                } finally {
                    Thread.currentThread().interrupt();
                }
            }
            throw lost;
        }
    }
}
