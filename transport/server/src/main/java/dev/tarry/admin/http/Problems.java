package dev.tarry.admin.http;

import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.RefusedSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The problems of this API: what refused operations become, and what is wrong with requests themselves.
final class Problems {
    /// How many characters of what was sent are repeated.
    private static final int MAX_ECHO = 100;

    /// When one of those that are under way may be over.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private Problems() {}

    static Problem of(OperationRefused refused) {
        ProblemType type = switch (refused.reason()) {
            case INVALID_FILTER -> ProblemType.INVALID_FILTER;
            case INVALID_IDENTITY -> ProblemType.INVALID_IDENTITY;
            case INVALID_PARAMETER -> ProblemType.INVALID_PARAMETER;
            case UNKNOWN_QUEUE -> ProblemType.UNKNOWN_QUEUE;
            case UNKNOWN_MESSAGE -> ProblemType.UNKNOWN_MESSAGE;
            case UNKNOWN_OBJECT -> ProblemType.NOT_FOUND;
            case SETTING_REFUSED -> ProblemType.SETTING_REFUSED;
            case AMBIGUOUS_IDENTITY -> ProblemType.AMBIGUOUS_IDENTITY;
            case CONFLICT -> ProblemType.CONFLICT;
            case ORDER_REFUSED -> ProblemType.ORDER_REFUSED;
            case CHANGED_SINCE -> ProblemType.PRECONDITION_FAILED;
            case NOT_SUPPORTED -> ProblemType.NOT_SUPPORTED;
            case BUSY -> ProblemType.BUSY;
            case SERVICE_STOPPED -> ProblemType.SERVICE_STOPPED;
            case UNAVAILABLE -> ProblemType.UNAVAILABLE;
        };
        return switch (refused.reason()) {
            case SETTING_REFUSED -> settingRefused(refused);
            case BUSY -> Problem.busy(sentence(refused.getMessage()), RETRY_AFTER);
            case INVALID_FILTER,
                    INVALID_IDENTITY,
                    INVALID_PARAMETER,
                    UNKNOWN_QUEUE,
                    UNKNOWN_MESSAGE,
                    UNKNOWN_OBJECT,
                    AMBIGUOUS_IDENTITY,
                    CONFLICT,
                    ORDER_REFUSED,
                    CHANGED_SINCE,
                    NOT_SUPPORTED,
                    SERVICE_STOPPED,
                    UNAVAILABLE -> new Problem(type, sentence(refused.getMessage()));
        };
    }

    /// All that is wrong, for people as one sentence and for programs as a list.
    private static Problem settingRefused(OperationRefused refused) {
        List<Object> faults = new ArrayList<>();
        for (RefusedSetting fault : refused.faults()) {
            SequencedMap<String, Object> json = new LinkedHashMap<>();
            json.put("name", fault.name());
            json.put("what", fault.what());
            json.put("right", fault.right());
            faults.add(json);
        }
        String detail = refused.getMessage();
        return new Problem(ProblemType.SETTING_REFUSED, detail.endsWith("?") ? detail : detail + ".")
                .with("faults", faults);
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    static Problem precondition(String detail) {
        return new Problem(ProblemType.PRECONDITION_FAILED, detail);
    }

    static Problem malformed(String detail) {
        return new Problem(ProblemType.MALFORMED_REQUEST, detail);
    }

    static Problem host(String detail) {
        return new Problem(ProblemType.HOST_NOT_ALLOWED, detail);
    }

    static Problem origin(String detail) {
        return new Problem(ProblemType.CROSS_ORIGIN, detail);
    }

    static Problem token() {
        return new Problem(
                ProblemType.UNAUTHORIZED,
                "Send the server's token as Authorization: Bearer <token>; clients of tarry take it from TARRY_TOKEN or"
                        + " --token-file.");
    }

    static Problem unknownPath() {
        return new Problem(ProblemType.UNKNOWN_PATH, "What there is, /api/v1/openapi.json describes.");
    }

    static Problem method(String allowed) {
        return new Problem(ProblemType.METHOD_NOT_ALLOWED, "It has " + allowed + ".").with("allowed", allowed);
    }

    static Problem unknownParameter(String name, String known) {
        return new Problem(
                        ProblemType.UNKNOWN_PARAMETER,
                        quoted(name) + " is no parameter here; "
                                + (known.isEmpty() ? "there are none." : "these are: " + known + "."))
                .with("parameter", cut(name));
    }

    static Problem unknownMember(String name, String known) {
        return new Problem(
                        ProblemType.UNKNOWN_MEMBER,
                        quoted(name) + " is no member of this body; "
                                + (known.isEmpty() ? "there are none." : "these are: " + known + "."))
                .with("member", cut(name));
    }

    static Problem json(String detail) {
        return new Problem(ProblemType.INVALID_JSON, detail);
    }

    static Problem mediaType(String detail) {
        return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
    }

    static Problem tooLarge(long most) {
        return new Problem(ProblemType.BODY_TOO_LARGE, "A body has at most " + most + " bytes.");
    }

    static Problem uriTooLong() {
        return new Problem(ProblemType.URI_TOO_LONG, "An address has at most " + HttpListener.MAX_LINE + " bytes.");
    }

    static Problem headersTooLarge() {
        return new Problem(
                ProblemType.HEADERS_TOO_LARGE, "A header has at most " + HttpListener.MAX_HEADER + " bytes.");
    }

    static String quoted(String text) {
        return "'" + cut(text) + "'";
    }

    private static String cut(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_ECHO); i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > MAX_ECHO ? out + "..." : out.toString();
    }
}
