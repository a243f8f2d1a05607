package dev.tarry.admin.http;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.Precondition;
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

/// From a whole request to its reply: first whether it may be answered at all, then which route it means, then
/// whether its parameters and body are the route's, then the handler. No sockets; any thread that may block.
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final RouteTable routes;
    private final HttpSettings settings;
    private final HostRules hosts;
    private final Json json = new Json();

    Dispatcher(RouteTable routes, HttpSettings settings) {
        this.routes = routes;
        this.settings = settings;
        this.hosts = new HostRules(settings.hosts(), settings.token().isPresent());
    }

    /// A request as it was received. @param body at most as large as settings allow
    record Call(String method, String target, HttpHeaders headers, byte[] body) {}

    Reply answer(Call call) {
        String route = "";
        try {
            RequestTarget target = RequestTarget.parse(call.target);
            checkHost(call, target);
            RouteTable.Match match = routes.find(call.method.equals("HEAD") ? "GET" : call.method, target.path());
            if (!open(match)) {
                checkToken(call);
            }
            return switch (match) {
                case RouteTable.Match.NoSuchPath _ -> new Reply.Failed(Problems.unknownPath());
                case RouteTable.Match.OtherMethods(var methods) ->
                    new Reply.Failed(Problems.method(String.join(", ", methods)));
                case RouteTable.Match.Found(Route found, var parameters) -> {
                    route = found.method() + " " + found.path();
                    Conditions conditions = Conditions.of(call.headers, !found.safe(), found.tagged());
                    Request request = request(call, found, parameters, target, conditions.match());
                    yield known(found.handler().answer(request), found, conditions);
                }
            };
        } catch (ProblemException e) {
            return new Reply.Failed(e.problem());
        } catch (OperationRefused e) {
            if (e.reason() == OperationRefused.Reason.UNAVAILABLE) {
                LOG.warn("{} could not be answered", route, e);
            }
            return new Reply.Failed(Problems.of(e));
        } catch (Exception e) {
            // the route's pattern, not what was sent: nobody writes into our log
            LOG.error("{} failed", route, e);
            return new Reply.Failed(Problem.internal());
        }
    }

    /// What the client has already is not sent again.
    private static Reply known(Reply reply, Route route, Conditions conditions) {
        return route.safe()
                        && reply instanceof Reply.Headed(var _, Optional<EntityTag> tag, var _)
                        && tag.filter(conditions::has).isPresent()
                ? new Reply.NotModified(tag.get())
                : reply;
    }

    private Request request(
            Call call,
            Route route,
            SequencedMap<String, String> parameters,
            RequestTarget target,
            Precondition ifMatch) {
        // a stream changes nothing, but there are few of them: no other page may take them all
        if (!route.safe() || route.answer().mediaType().equals(Reply.Events.MEDIA_TYPE)) {
            checkOrigin(call);
        }
        for (String name : target.query().keySet()) {
            if (route.parameters().stream().noneMatch(p -> p.name().equals(name))) {
                String known =
                        route.parameters().stream().map(Route.Parameter::name).collect(Collectors.joining(", "));
                throw new ProblemException(Problems.unknownParameter(name, known));
            }
        }
        ParameterCheck.check(target.query(), route.parameters());
        String accept = call.headers.get(HttpHeaderNames.ACCEPT, "");
        Optional<Request.Document> document = document(call, route);
        SequencedMap<String, Object> body = document.isPresent() ? new LinkedHashMap<>() : body(call, route);
        return new Request(parameters, target.query(), body, document, accept, ifMatch);
    }

    private boolean open(RouteTable.Match match) {
        return match instanceof RouteTable.Match.Found(Route route, var _)
                && (route.open() || settings.open().contains(route.path()));
    }

    private void checkHost(Call call, RequestTarget target) {
        List<String> given = call.headers.getAll(HttpHeaderNames.HOST);
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

    private void checkToken(Call call) {
        if (settings.token().isEmpty()) {
            return;
        }
        List<String> all = call.headers.getAll(HttpHeaderNames.AUTHORIZATION);
        String given = all.size() == 1 ? all.getFirst() : "";
        boolean bearer = given.regionMatches(true, 0, "Bearer ", 0, 7);
        byte[] token = (bearer ? given.substring(7).strip() : "").getBytes(StandardCharsets.UTF_8);
        byte[] wanted = settings.token().get().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(token, wanted)) {
            throw new ProblemException(Problems.token());
        }
    }

    /// Browsers say where a request comes from; programs do not, and may ask.
    private void checkOrigin(Call call) {
        String host = call.headers.get(HttpHeaderNames.HOST);
        for (String origin : call.headers.getAll(HttpHeaderNames.ORIGIN)) {
            if (!hosts.sameOrigin(origin, host)) {
                throw new ProblemException(Problems.origin(
                        "The request comes from " + Problems.quoted(origin) + ", which is another origin."));
            }
        }
        for (String site : call.headers.getAll("Sec-Fetch-Site")) {
            if (!site.equalsIgnoreCase("same-origin") && !site.equalsIgnoreCase("none")) {
                throw new ProblemException(
                        Problems.origin("The request comes from another site's page (Sec-Fetch-Site)."));
            }
        }
    }

    /// A text, if the route takes one of its type.
    private static Optional<Request.Document> document(Call call, Route route) {
        List<String> given = call.headers.getAll(HttpHeaderNames.CONTENT_TYPE);
        String type = given.size() == 1 ? plain(given.getFirst()) : "";
        String bare = type.replaceFirst(";charset=\"?utf-8\"?$", "");
        if (!route.documents().contains(bare)) {
            return Optional.empty();
        }
        checkPlain(call.headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity"));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(call.body))
                    .toString();
            return Optional.of(new Request.Document(bare, text));
        } catch (CharacterCodingException _) {
            throw new ProblemException(Problems.mediaType("A text must be UTF-8."));
        }
    }

    private static String plain(String mediaType) {
        return mediaType.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private SequencedMap<String, Object> body(Call call, Route route) {
        if (route.body().isEmpty()) {
            if (call.body.length > 0) {
                throw new ProblemException(new Problem(ProblemType.UNEXPECTED_BODY, "Send the request without one."));
            }
            return new LinkedHashMap<>();
        }
        SequencedMap<String, Object> body = new LinkedHashMap<>();
        if (call.body.length > 0) {
            checkMediaType(call.headers.getAll(HttpHeaderNames.CONTENT_TYPE), route);
            checkPlain(call.headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity"));
            body = json.object(call.body);
        }
        BodyCheck.check(body, route.body().get());
        return body;
    }

    /// `application/json`, and UTF-8 if a charset is named; nothing that a web form can send.
    private static void checkMediaType(List<String> given, Route route) {
        String type = given.size() == 1 ? plain(given.getFirst()) : "";
        if (!type.equals("application/json")
                && !type.equals("application/json;charset=utf-8")
                && !type.equals("application/json;charset=\"utf-8\"")) {
            throw new ProblemException(Problems.mediaType("A body must be "
                    + String.join(
                            " or ",
                            Stream.concat(Stream.of("application/json"), route.documents().stream())
                                    .toList())
                    + ", not " + Problems.quoted(String.join(", ", given)) + "."));
        }
    }

    private static void checkPlain(String encoding) {
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(Problems.mediaType("A body is taken as it is, without Content-Encoding."));
        }
    }
}
