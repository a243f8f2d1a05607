package dev.tarry.admin.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What went wrong, as RFC 9457 words it.
///
/// @param type   which kind of problem it is; the table has title and status
/// @param detail this one, for people
/// @param more   further members, such as `parameter`; often empty
public record Problem(ProblemType type, String detail, SequencedMap<String, Object> more) {
    /// The member that is told as a header too.
    static final String RETRY_AFTER = "retryAfterSeconds";

    public Problem(ProblemType type, String detail) {
        this(type, detail, new LinkedHashMap<>());
    }

    /// A parameter, member or other part of the request has a value that it cannot have.
    public static Problem invalidParameter(String name, String detail) {
        return new Problem(ProblemType.INVALID_PARAMETER, detail).with("parameter", name);
    }

    /// There is no such thing.
    public static Problem notFound(String detail) {
        return new Problem(ProblemType.NOT_FOUND, detail);
    }

    /// It exists already, or its state does not allow this.
    public static Problem conflict(String detail) {
        return new Problem(ProblemType.CONFLICT, detail);
    }

    /// There are as many of these as there may be at once.
    ///
    /// @param retryAfter when it is worth asking again; also told as Retry-After, in whole seconds
    public static Problem busy(String detail, Duration retryAfter) {
        return new Problem(ProblemType.BUSY, detail).with(RETRY_AFTER, retryAfter.toSeconds());
    }

    /// Nothing of it is told to the client; the log has it.
    static Problem internal() {
        return new Problem(ProblemType.INTERNAL, "The server's log says what it was.");
    }

    /// HTTP status.
    public int status() {
        return type.status();
    }

    /// The same with one more member.
    ///
    /// @param value as of [Reply.Json]
    public Problem with(String name, Object value) {
        SequencedMap<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(type, detail, all);
    }

    /// The problem document.
    public SequencedMap<String, Object> json() {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.urn());
        json.put("title", type.title());
        json.put("status", (long) type.status());
        json.put("detail", detail);
        json.putAll(more);
        return json;
    }
}
