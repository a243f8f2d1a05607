package dev.tarry.admin.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What went wrong, as RFC 9457 words it. Types are stable: scripts may rely on them.
///
/// @param type   the last part of `urn:tarry:problem:…`
/// @param status HTTP status
/// @param title  the same for every problem of the type
/// @param detail this one, for people
/// @param more   further members, such as `parameter`; often empty
public record Problem(String type, int status, String title, String detail, SequencedMap<String, Object> more) {
    /// The member that is told as a header too.
    static final String RETRY_AFTER = "retryAfterSeconds";

    public Problem(String type, int status, String title, String detail) {
        this(type, status, title, detail, new LinkedHashMap<>());
    }

    /// A parameter, member or other part of the request has a value that it cannot have.
    public static Problem invalidParameter(String name, String detail) {
        return new Problem("invalid-parameter", 400, "A parameter has a value that it cannot have", detail)
                .with("parameter", name);
    }

    /// There is no such thing.
    public static Problem notFound(String detail) {
        return new Problem("not-found", 404, "There is no such thing", detail);
    }

    /// It exists already, or its state does not allow this.
    public static Problem conflict(String detail) {
        return new Problem("conflict", 409, "The state of things does not allow this", detail);
    }

    /// There are as many of these as there may be at once.
    ///
    /// @param retryAfter when it is worth asking again; also told as Retry-After, in whole seconds
    public static Problem busy(String detail, Duration retryAfter) {
        return new Problem("busy", 503, "There are too many of these at once", detail)
                .with(RETRY_AFTER, retryAfter.toSeconds());
    }

    /// Nothing of it is told to the client; the log has it.
    static Problem internal() {
        return new Problem("internal", 500, "Something went wrong in the server", "The server's log says what it was.");
    }

    /// The same with one more member.
    ///
    /// @param value as of [Reply.Json]
    public Problem with(String name, Object value) {
        SequencedMap<String, Object> all = new LinkedHashMap<>(more);
        all.put(name, value);
        return new Problem(type, status, title, detail, all);
    }

    /// The problem document.
    public SequencedMap<String, Object> json() {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("type", "urn:tarry:problem:" + type);
        json.put("title", title);
        json.put("status", (long) status);
        json.put("detail", detail);
        json.putAll(more);
        return json;
    }
}
