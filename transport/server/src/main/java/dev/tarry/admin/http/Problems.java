package dev.tarry.admin.http;

import dev.tarry.admin.OperationRefused;

/// The problems of this API: what refused operations become, and what is wrong with requests themselves.
final class Problems {
    /// How many characters of what was sent are repeated.
    private static final int MAX_ECHO = 100;

    private Problems() {}

    static Problem of(OperationRefused refused) {
        String detail = sentence(refused.getMessage());
        return switch (refused.reason()) {
            case INVALID_FILTER -> new Problem("invalid-filter", 400, "The filter cannot be used", detail);
            case INVALID_IDENTITY -> new Problem("invalid-identity", 400, "The identity has no known form", detail);
            case INVALID_PARAMETER ->
                new Problem("invalid-parameter", 400, "A parameter has a value that it cannot have", detail);
            case UNKNOWN_QUEUE -> new Problem("unknown-queue", 404, "There is no such queue", detail);
            case UNKNOWN_MESSAGE -> new Problem("unknown-message", 404, "There is no such message", detail);
            case AMBIGUOUS_IDENTITY ->
                new Problem("ambiguous-identity", 409, "The identity means several objects", detail);
            case CONFLICT -> Problem.conflict(detail);
            case CHANGED_SINCE -> precondition(detail);
            case NOT_SUPPORTED -> new Problem("not-supported", 501, "This server cannot do that", detail);
            case UNAVAILABLE -> new Problem("unavailable", 503, "The server cannot answer now", detail);
        };
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    static Problem precondition(String detail) {
        return new Problem("precondition-failed", 412, "The state of things is not the one expected", detail);
    }

    static Problem malformed(String detail) {
        return new Problem("malformed-request", 400, "The request is not well-formed HTTP", detail);
    }

    static Problem host(String detail) {
        return new Problem("host-not-allowed", 421, "This server does not answer to that name", detail);
    }

    static Problem origin(String detail) {
        return new Problem("cross-origin", 403, "Other web pages may not change anything here", detail);
    }

    static Problem token() {
        return new Problem(
                "unauthorized", 401, "A token is needed", "Send the server's token as Authorization: Bearer <token>.");
    }

    static Problem unknownPath() {
        return new Problem(
                "unknown-path", 404, "There is nothing at this path", "What there is, /api/v1/openapi.json describes.");
    }

    static Problem method(String allowed) {
        return new Problem("method-not-allowed", 405, "The path does not have this method", "It has " + allowed + ".")
                .with("allowed", allowed);
    }

    static Problem unknownParameter(String name, String known) {
        return new Problem(
                        "unknown-parameter",
                        400,
                        "There is no such parameter",
                        quoted(name) + " is no parameter here; "
                                + (known.isEmpty() ? "there are none." : "these are: " + known + "."))
                .with("parameter", cut(name));
    }

    static Problem unknownMember(String name, String known) {
        return new Problem(
                        "unknown-member",
                        400,
                        "There is no such member",
                        quoted(name) + " is no member of this body; "
                                + (known.isEmpty() ? "there are none." : "these are: " + known + "."))
                .with("member", cut(name));
    }

    static Problem json(String detail) {
        return new Problem("invalid-json", 400, "The body is not the JSON that is wanted", detail);
    }

    static Problem mediaType(String detail) {
        return new Problem("unsupported-media-type", 415, "The body's type is not taken", detail);
    }

    static Problem tooLarge(long most) {
        return new Problem("body-too-large", 413, "The body is too large", "A body has at most " + most + " bytes.");
    }

    static Problem uriTooLong() {
        return new Problem(
                "uri-too-long",
                414,
                "The address is too long",
                "An address has at most " + HttpListener.MAX_LINE + " bytes.");
    }

    static Problem headersTooLarge() {
        return new Problem(
                "headers-too-large",
                431,
                "The header is too large",
                "A header has at most " + HttpListener.MAX_HEADER + " bytes.");
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
