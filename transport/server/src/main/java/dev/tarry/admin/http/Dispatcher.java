package dev.tarry.admin.http;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.OperationRefused;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request to its reply, in two steps. The head alone decides whether it may be answered at all, which route it
/// means, whether its parameters are the route's, and what body it may have: whoever is refused is refused before an
/// octet of a body is kept. The body, once it is whole, is held against the route's shape, and the handler is asked. No
/// sockets; the first step is quick and waits for nothing, the second is for any thread that may block.
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /// What a body may have where none is wanted: `{}`, which many clients send with every POST, and spaces.
    private static final int MAX_NOTHING = 8;

    private final RouteTable routes;
    private final HttpSettings settings;
    private final HostRules hosts;
    private final Json json = new Json();

    Dispatcher(RouteTable routes, HttpSettings settings) {
        this.routes = routes;
        this.settings = settings;
        this.hosts = new HostRules(settings.hosts(), settings.token().isPresent());
    }

    /// A request's head as it was received.
    record Head(String method, String target, HttpHeaders headers) {}

    /// What a head has come to.
    sealed interface Admission {
        /// @param reply what it gets, whatever follows
        record Refused(Reply.Failed reply) implements Admission {}

        /// @param inPath       the path's parameters
        /// @param query        the query's
        /// @param document     the body's media type, if the route takes it as a text
        /// @param bodyProblem  why there may be no body, not even one octet; absent if there may
        /// @param maxBodyBytes how large it may be
        record Admitted(
                Route route,
                SequencedMap<String, String> inPath,
                SequencedMap<String, String> query,
                String accept,
                Conditions conditions,
                Optional<String> document,
                Optional<Problem> bodyProblem,
                int maxBodyBytes)
                implements Admission {
            /// Why there may be no body of so many bytes, if so.
            Optional<Problem> against(long bytes) {
                if (bytes == 0 || bodyProblem.isPresent()) {
                    return bytes == 0 || !route.safe() && route.body().isEmpty() && bytes <= MAX_NOTHING
                            ? Optional.empty()
                            : bodyProblem;
                }
                return bytes > maxBodyBytes ? Optional.of(Problems.tooLarge(maxBodyBytes)) : Optional.empty();
            }

            String name() {
                return route.method() + " " + route.path();
            }
        }
    }

    /// Looks at a head.
    Admission admit(Head head) {
        String route = "";
        try {
            RequestTarget target = RequestTarget.parse(head.target);
            checkHost(head, target);
            RouteTable.Match match = routes.find(head.method.equals("HEAD") ? "GET" : head.method, target.path());
            if (!open(match)) {
                checkToken(head);
            }
            return switch (match) {
                case RouteTable.Match.NoSuchPath _ -> new Admission.Refused(new Reply.Failed(Problems.unknownPath()));
                case RouteTable.Match.OtherMethods(var methods) ->
                    new Admission.Refused(new Reply.Failed(Problems.method(String.join(", ", methods))));
                case RouteTable.Match.Found(Route found, var inPath) -> {
                    route = found.method() + " " + found.path();
                    yield admitted(head, found, inPath, target);
                }
            };
        } catch (Exception e) {
            return new Admission.Refused(failed(e, route));
        }
    }

    /// @param body at most as large as the admission says
    Reply answer(Admission admission, byte[] body) {
        return switch (admission) {
            case Admission.Refused(Reply.Failed reply) -> reply;
            case Admission.Admitted admitted -> answer(admitted, body);
        };
    }

    private Reply answer(Admission.Admitted to, byte[] body) {
        try {
            Optional<Request.Document> document = to.document.map(type -> new Request.Document(type, text(body)));
            SequencedMap<String, Object> members =
                    document.isPresent() ? new LinkedHashMap<>() : members(body, to.route);
            Request request = new Request(to.inPath, to.query, members, document, to.accept, to.conditions.match());
            return known(to.route.handler().answer(request), to.route, to.conditions);
        } catch (Exception e) {
            return failed(e, to.name());
        }
    }

    /// @param route its pattern, not what was sent: nobody writes into our log
    private static Reply.Failed failed(Exception thrown, String route) {
        return switch (thrown) {
            case ProblemException e -> new Reply.Failed(e.problem());
            case OperationRefused e -> {
                if (e.reason() == OperationRefused.Reason.UNAVAILABLE) {
                    LOG.warn("{} could not be answered: {}", route, why(e)); // it is an answer
                    LOG.debug("why {} could not be answered", route, e);
                }
                yield new Reply.Failed(Problems.of(e));
            }
            default -> {
                LOG.error("{} failed", route, thrown);
                yield new Reply.Failed(Problem.internal());
            }
        };
    }

    private static String why(OperationRefused refused) {
        String cause = refused.getCause() == null ? null : refused.getCause().getMessage();
        return cause == null || cause.equals(refused.getMessage())
                ? refused.getMessage()
                : refused.getMessage() + " (" + cause + ")";
    }

    /// What the client has already is not sent again.
    private static Reply known(Reply reply, Route route, Conditions conditions) {
        return route.safe()
                        && reply instanceof Reply.Headed(var _, Optional<EntityTag> tag, var _)
                        && tag.filter(conditions::has).isPresent()
                ? new Reply.NotModified(tag.get())
                : reply;
    }

    private Admission admitted(Head head, Route route, SequencedMap<String, String> inPath, RequestTarget target) {
        Conditions conditions = Conditions.of(head.headers, !route.safe(), route.tagged());
        // a stream changes nothing, but there are few of them: no other page may take them all
        if (!route.safe() || route.answer().mediaType().equals(Reply.Events.MEDIA_TYPE)) {
            checkOrigin(head);
        }
        for (String name : target.query().keySet()) {
            if (route.parameters().stream().noneMatch(p -> p.name().equals(name))) {
                String known =
                        route.parameters().stream().map(Route.Parameter::name).collect(Collectors.joining(", "));
                throw new ProblemException(Problems.unknownParameter(name, known));
            }
        }
        ParameterCheck.check(target.query(), route.parameters());
        Optional<String> document = document(head, route);
        return new Admission.Admitted(
                route,
                inPath,
                target.query(),
                head.headers.get(HttpHeaderNames.ACCEPT, ""),
                conditions,
                document,
                document.isPresent() ? Optional.empty() : bodyProblem(head, route),
                Math.min(route.maxBodyBytes(), settings.maxBodyBytes()));
    }

    private boolean open(RouteTable.Match match) {
        return match instanceof RouteTable.Match.Found(Route route, var _)
                && (route.open() || settings.open().contains(route.path()));
    }

    private void checkHost(Head head, RequestTarget target) {
        List<String> given = head.headers.getAll(HttpHeaderNames.HOST);
        if (given.size() != 1) {
            throw new ProblemException(Problems.malformed("There must be one Host header (RFC 9112 §3.2)."));
        }
        String host = target.authority().orElse(given.getFirst());
        if (!hosts.allows(host) || !hosts.allows(given.getFirst())) {
            throw new ProblemException(Problems.host(
                    "It answers to localhost, " + (settings.token().isPresent() ? "IP" : "loopback")
                            + " addresses and the names of admin.hosts, not to " + Problems.quoted(host) + "."));
        }
    }

    private void checkToken(Head head) {
        if (settings.token().isEmpty()) {
            return;
        }
        List<String> all = head.headers.getAll(HttpHeaderNames.AUTHORIZATION);
        String given = all.size() == 1 ? all.getFirst() : "";
        boolean bearer = given.regionMatches(true, 0, "Bearer ", 0, 7);
        byte[] token = (bearer ? given.substring(7).strip() : "").getBytes(StandardCharsets.UTF_8);
        byte[] wanted = settings.token().get().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(token, wanted)) {
            throw new ProblemException(Problems.token());
        }
    }

    /// Browsers say where a request comes from; programs do not, and may ask.
    private void checkOrigin(Head head) {
        String host = head.headers.get(HttpHeaderNames.HOST);
        for (String origin : head.headers.getAll(HttpHeaderNames.ORIGIN)) {
            if (!hosts.sameOrigin(origin, host)) {
                throw new ProblemException(Problems.origin(
                        "The request comes from " + Problems.quoted(origin) + ", which is another origin."));
            }
        }
        for (String site : head.headers.getAll("Sec-Fetch-Site")) {
            if (!site.equalsIgnoreCase("same-origin") && !site.equalsIgnoreCase("none")) {
                throw new ProblemException(
                        Problems.origin("The request comes from another site's page (Sec-Fetch-Site)."));
            }
        }
    }

    /// The type of a text, if the route takes one of that type.
    private static Optional<String> document(Head head, Route route) {
        List<String> given = head.headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        String type = given.size() == 1 ? plain(given.getFirst()) : "";
        String bare = type.replaceFirst(";charset=\"?utf-8\"?$", "");
        if (!route.documents().contains(bare)) {
            return Optional.empty();
        }
        encoded(head).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return Optional.of(bare);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new ProblemException(Problems.mediaType("A text must be UTF-8."));
        }
    }

    private static String plain(String mediaType) {
        return mediaType.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static Problem unexpected() {
        return new Problem(ProblemType.UNEXPECTED_BODY, "Send the request without one.");
    }

    /// Why a route takes no JSON with such a head: an empty body is none, and needs no type.
    private static Optional<Problem> bodyProblem(Head head, Route route) {
        if (route.body().isEmpty()) {
            return Optional.of(unexpected());
        }
        return mediaType(head.headers.getAll(HttpHeaderNames.CONTENT_TYPE), route)
                .or(() -> encoded(head));
    }

    private SequencedMap<String, Object> members(byte[] body, Route route) {
        if (route.body().isEmpty()) {
            if (!new String(body, StandardCharsets.UTF_8).replaceAll("\\s", "").matches("(\\{})?")) {
                throw new ProblemException(unexpected());
            }
            return new LinkedHashMap<>();
        }
        SequencedMap<String, Object> members = body.length > 0 ? json.object(body) : new LinkedHashMap<>();
        BodyCheck.check(members, route.body().get());
        return members;
    }

    /// `application/json`, and UTF-8 if a charset is named; nothing that a web form can send.
    private static Optional<Problem> mediaType(List<String> given, Route route) {
        String type = given.size() == 1 ? plain(given.getFirst()) : "";
        if (type.equals("application/json")
                || type.equals("application/json;charset=utf-8")
                || type.equals("application/json;charset=\"utf-8\"")) {
            return Optional.empty();
        }
        return Optional.of(Problems.mediaType("A body must be "
                + String.join(
                        " or ",
                        Stream.concat(Stream.of("application/json"), route.documents().stream())
                                .toList())
                + ", not " + Problems.quoted(String.join(", ", given)) + "."));
    }

    private static Optional<Problem> encoded(Head head) {
        return head.headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").equalsIgnoreCase("identity")
                ? Optional.empty()
                : Optional.of(Problems.mediaType("A body is taken as it is, without Content-Encoding."));
    }
}
