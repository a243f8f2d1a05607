package dev.tarry.admin.http;

import java.util.Locale;
import java.util.Optional;

/// Every kind of problem that this server tells, as data: problems are made from these rows, and the API's
/// description and its page list them. A name, once given, stays: scripts rely on it.
public enum ProblemType {
    INVALID_FILTER(
            400,
            "The filter cannot be used",
            "A filter has a property, operator or value that it cannot have.",
            "Correct it as the detail says; conditions look like Status -eq 'Retry' and are joined by -and."),
    INVALID_IDENTITY(
            400,
            "The identity has no known form",
            "An identity is not of the form that objects of its kind have.",
            "Write it as Identity is printed, such as MAIL\\4."),
    INVALID_PARAMETER(
            400,
            "A parameter has a value that it cannot have",
            "A parameter of the query, or a member of the body, is out of bounds or of the wrong form.",
            "Correct the one that the member parameter names."),
    UNKNOWN_QUEUE(
            404,
            "There is no such queue",
            "No queue goes by the identity; queues that stand empty are removed after a while.",
            "List the queues."),
    UNKNOWN_MESSAGE(
            404,
            "There is no such message",
            "No message goes by the identity; it may have been delivered, or removed, since it was listed.",
            "List the messages, or look into the message tracking log."),
    NOT_FOUND(404, "There is no such thing", "Nothing goes by the name or id in the path.", "List what there is."),
    AMBIGUOUS_IDENTITY(
            409,
            "The identity means several objects",
            "An identity of something that is to be changed means more than one object.",
            "Name one by its integer, or use a filter."),
    CONFLICT(
            409,
            "The state of things does not allow this",
            "It exists already, or the state that it is in does not allow the change.",
            "Read the detail; change the state first, or do not ask."),
    ORDER_REFUSED(
            409,
            "Exchange does not do that there",
            "A verb is not allowed on the queue or message, or in the state that it is in: a message in Submission cannot be"
                    + " removed, one that is not suspended cannot be exported.",
            "Read the detail: it says what can be done instead."),
    PRECONDITION_FAILED(
            412,
            "The state of things is not the one expected",
            "If-Match names a state that is no more, or the route knows no states.",
            "Read the object again, decide anew, and send its new ETag; or leave If-Match out."),
    SETTING_REFUSED(
            422,
            "A setting cannot have that value",
            "A property or setting is of the wrong form, out of bounds, impossible together with others, not to be changed,"
                    + " or fixed by the environment or the command line. Nothing was changed.",
            "Correct all that the member faults lists: name, what is wrong, what would be right."),
    NOT_SUPPORTED(501, "This server cannot do that", "Exchange can do it, and tarry cannot (yet).", "Do without."),
    SERVICE_STOPPED(
            503,
            "The transport service is stopped",
            "Queues and messages are asked for, and somebody has stopped the service that keeps them.",
            "Start it: POST /api/v1/transport-service/start, or Start-Service MSExchangeTransport."),
    UNAVAILABLE(
            503,
            "The server cannot answer now",
            "The queues or the store do not answer: the server is stopping, or its disk is in trouble.",
            "Ask again later; /health/ready says what is wrong."),
    BUSY(
            503,
            "There are too many of these at once",
            "As many requests of the kind are being answered as may be at once: waits, or streams of events; or the bodies"
                    + " of other requests take all the memory there is for them.",
            "Ask again after the seconds in Retry-After; hang up where nobody listens any more."),
    // not 408: that says that the request itself came too slowly, and clients repeat it of their own
    // accord (RFC 9110 §15.5.9); a wait that is repeated moves a frozen clock once more
    WAIT_TIMED_OUT(
            504,
            "What was waited for did not come about in time",
            "The condition of a wait did not hold before its timeout or realTimeout was over; limit says which.",
            "Look at standing: it says how each part of the condition stood."),
    NOT_KEPT(
            507,
            "The lab cannot write it down",
            "The lab's folder cannot be written; the disk may be full.",
            "Make room, and ask again."),
    MALFORMED_REQUEST(
            400,
            "The request is not well-formed HTTP",
            "Request line, headers or framing are not as RFC 9110 and RFC 9112 want them.",
            "Use an HTTP/1.1 client as it is meant to be used."),
    UNKNOWN_PARAMETER(
            400,
            "There is no such parameter",
            "The query has a parameter that the route does not know.",
            "Use one of those that the detail lists."),
    DUPLICATE_PARAMETER(
            400, "A parameter is given twice", "The query has a parameter more than once.", "Give it once."),
    UNEXPECTED_BODY(400, "There is no body here", "The route takes no body.", "Send the request without one."),
    INVALID_JSON(
            400,
            "The body is not the JSON that is wanted",
            "The body is no JSON object, or a member of it has the wrong type.",
            "Correct the place that the detail names."),
    UNKNOWN_MEMBER(
            400,
            "There is no such member",
            "The body has a member that the route does not know.",
            "Use one of those that the detail lists."),
    MISSING_MEMBER(400, "A member is missing", "The body lacks a member that must be there.", "Add it."),
    UNAUTHORIZED(
            401,
            "A token is needed",
            "The server is open to others, and the request bears no token, or a wrong one.",
            "Send Authorization: Bearer <token>; the server's ready line says where the token is kept."),
    CROSS_ORIGIN(
            403,
            "Other web pages may not change anything here",
            "A browser says that the request comes from another origin's page (Origin, Sec-Fetch-Site).",
            "Use a program that is no web page, or a page of this server."),
    UNKNOWN_PATH(404, "There is nothing at this path", "No route has the path.", "See /api/v1/openapi.json or /api."),
    METHOD_NOT_ALLOWED(
            405,
            "The path does not have this method",
            "The path exists, with other methods.",
            "Use one of those in Allow; there is no CORS, so OPTIONS is none of them."),
    BODY_TOO_LARGE(
            413,
            "The body is too large",
            "The body has more bytes than any that makes sense here.",
            "Send less; where it is a list, in parts."),
    URI_TOO_LONG(414, "The address is too long", "Path and query are longer than the bound.", "Send a shorter filter."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body's type is not taken",
            "Content-Type is none of those that the route takes, or the body is encoded.",
            "Send Content-Type: application/json, UTF-8, without Content-Encoding."),
    HOST_NOT_ALLOWED(
            421,
            "This server does not answer to that name",
            "The Host header has a name that is not among admin.hosts: a web page may have led it here (DNS rebinding).",
            "Call the server localhost or 127.0.0.1, or add the name to admin.hosts."),
    HEADERS_TOO_LARGE(431, "The header is too large", "The header lines are longer than the bound.", "Send fewer."),
    INTERNAL(
            500,
            "Something went wrong in the server",
            "A mistake of tarry's; nothing of it is told to clients.",
            "Read the server's log, and report it.");

    /// What all types begin with.
    public static final String PREFIX = "urn:tarry:problem:";

    private final int status;
    private final String title;
    private final String when;
    private final String remedy;

    ProblemType(int status, String title, String when, String remedy) {
        this.status = status;
        this.title = title;
        this.when = when;
        this.remedy = remedy;
    }

    /// The last part of the type: `unknown-queue`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The type: `urn:tarry:problem:unknown-queue`.
    public String urn() {
        return PREFIX + word();
    }

    /// HTTP status.
    public int status() {
        return status;
    }

    /// The same for every problem of the type.
    public String title() {
        return title;
    }

    /// When it occurs: one sentence.
    public String when() {
        return when;
    }

    /// What to do about it: one sentence.
    public String remedy() {
        return remedy;
    }

    /// @param urn a problem's `type`
    public static Optional<ProblemType> of(String urn) {
        for (ProblemType type : values()) {
            if (type.urn().equals(urn)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
