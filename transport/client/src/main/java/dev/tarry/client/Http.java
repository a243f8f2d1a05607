package dev.tarry.client;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import tools.jackson.core.JacksonException;

/// Requests and answers as bytes and JSON. Blocks the calling thread; safe for several.
final class Http implements AutoCloseable {
    /// How long a connection may take to come up, in real time.
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /// How long one answer may take, in real time. Generous: advancing a full lab by days is one request.
    static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);
    /// The largest message content that is taken into memory.
    static final int MAX_CONTENT_BYTES = 256 * 1024 * 1024;

    private static final String ANYTHING = "application/json, application/problem+json, message/rfc822, */*;q=0.1";
    private static final String LINES = "application/x-ndjson, application/json;q=0.5, application/problem+json";

    private static final String EVENTS = "text/event-stream, application/problem+json";

    private final URI base;
    private final Optional<String> token;
    private final Json json = new Json();
    private HttpClient client;

    Http(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    /// Made at the first request: a script that asks the server nothing should not pay for it.
    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
            if (base.getScheme().equals("http")) {
                // The JDK's client builds a default TLS context even where it will never be asked for one; that
                // is half of what a short script costs.
                builder.sslContext(new NoTls()).sslParameters(new SSLParameters());
            }
            client = builder.build();
        }
        return client;
    }

    private static final class NoTls extends SSLContext {
        NoTls() {
            super(null, null, "none");
        }
    }

    URI base() {
        return base;
    }

    /// Percent-encodes one segment of a path or one value of a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// An answer with the ETag of what it shows, if it has one.
    record Tagged(Answer answer, Optional<String> tag) {}

    /// @param ifMatch the ETag that the object must have still; absent: any
    Tagged tagged(String method, String path, Optional<Map<String, ?>> body, Optional<String> ifMatch) {
        String request = method + " " + path;
        HttpResponse<InputStream> response =
                sent(request, exchange(method, path, body, ANYTHING, ANSWER_LIMIT, ifMatch));
        return new Tagged(answer(request, response), response.headers().firstValue("ETag"));
    }

    /// The answer's JSON object; an empty one where the answer has no body.
    Answer object(String method, String path, Optional<Map<String, ?>> body) {
        return object(method, path, body, ANSWER_LIMIT);
    }

    /// @param within how long the answer may take, in real time
    Answer object(String method, String path, Optional<Map<String, ?>> body, Duration within) {
        String request = method + " " + path;
        return answer(request, sent(request, exchange(method, path, body, ANYTHING, within)));
    }

    private Answer answer(String request, HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            Object value = json.read(in);
            return value == null ? new Answer(request, Map.of()) : Answer.of(request, value);
        } catch (JacksonException e) {
            throw unread(request, e);
        } catch (IOException e) {
            throw new AnswerBrokenOffException(request, e);
        }
    }

    /// A listing whose items are handed on as they arrive: any number of them takes little memory.
    ///
    /// @param item takes one; what it throws ends the request
    /// @return the rest of the answer
    Answer items(String path, Consumer<Answer> item) {
        String request = "GET " + path;
        HttpResponse<InputStream> response = sent(request, exchange("GET", path, Optional.empty(), ANYTHING));
        try (InputStream in = response.body()) {
            return Answer.of(request, json.read(in, found -> item.accept(Answer.of(request, found))));
        } catch (JacksonException e) {
            throw unread(request, e);
        } catch (IOException e) {
            throw new AnswerBrokenOffException(request, e);
        }
    }

    /// As [#items], until enough of them are there: then it hangs up.
    ///
    /// @param item takes one, and says whether it wants another
    void some(String path, Predicate<Answer> item) {
        try {
            items(path, found -> {
                if (!item.test(found)) {
                    throw new EnoughItems();
                }
            });
        } catch (EnoughItems _) {
            // The rest of the answer is not waited for.
        }
    }

    private static final class EnoughItems extends RuntimeException {
        EnoughItems() {
            super(null, null, false, false);
        }
    }

    /// The JSON object of an answer whatever its status: for what is told by both.
    Answer whatever(String path) {
        String request = "GET " + path;
        HttpResponse<InputStream> response = exchange("GET", path, Optional.empty(), ANYTHING);
        try (InputStream in = response.body()) {
            return Answer.of(request, json.read(in));
        } catch (JacksonException e) {
            throw unread(request, e);
        } catch (IOException e) {
            throw new AnswerBrokenOffException(request, e);
        }
    }

    /// What a request that takes its time comes to. Meanwhile it is told of `progress`, line by line; a thread that is
    /// interrupted hangs up, and with that the request ends.
    ///
    /// @param progress gets each
    Answer lines(String path, Map<String, ?> body, Consumer<Answer> progress) {
        String request = "POST " + path;
        HttpResponse<InputStream> response = sent(request, exchange("POST", path, Optional.of(body), LINES));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Answer said =
                        Answer.of(request, json.read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8))));
                if (said.fields().get("progress") instanceof Map<?, ?> now) {
                    progress.accept(Answer.of(request, now));
                } else if (said.fields().get("problem") instanceof Map<?, ?> problem) {
                    Answer told = Answer.of(request, problem);
                    throw problem(told.fields().get("status") instanceof Long status ? status.intValue() : 500, told);
                } else {
                    return said.fields().get("result") instanceof Map<?, ?> result ? Answer.of(request, result) : said;
                }
            }
            throw new UnexpectedAnswerException("The answer to " + request + " ends before its result.", null);
        } catch (JacksonException e) {
            throw unread(request, e);
        } catch (IOException e) {
            throw new AnswerBrokenOffException(request, e);
        }
    }

    byte[] content(String path) {
        HttpResponse<InputStream> response = send("GET", path, Optional.empty());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_CONTENT_BYTES);
            if (in.read() >= 0) {
                throw new UnexpectedAnswerException(
                        "The answer to GET " + path + " is larger than " + MAX_CONTENT_BYTES + " bytes.", null);
            }
            return bytes;
        } catch (IOException e) {
            throw new AnswerBrokenOffException("GET " + path, e);
        }
    }

    /// The moment in the answer's Date header, whatever its status; absent where there is none.
    Optional<String> dateHeader(String path) {
        HttpResponse<InputStream> response = exchange("GET", path, Optional.empty(), ANYTHING);
        try (InputStream _ = response.body()) {
            return response.headers().firstValue("Date");
        } catch (IOException e) {
            throw new AnswerBrokenOffException("GET " + path, e);
        }
    }

    private HttpResponse<InputStream> send(String method, String path, Optional<Map<String, ?>> body) {
        return sent(method + " " + path, exchange(method, path, body, ANYTHING));
    }

    private HttpResponse<InputStream> sent(String request, HttpResponse<InputStream> response) {
        if (response.statusCode() >= 200 && response.statusCode() < 300) {
            return response;
        }
        throw problem(request, response);
    }

    /// A stream of server-sent events that has begun.
    ///
    /// @param lastEventId empty: from now on
    HttpResponse<InputStream> stream(String path, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(EventStream.SILENCE_MAX)
                .header("Accept", EVENTS);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return sent("GET " + path, sent(request));
    }

    /// The JSON object of one event.
    Answer answer(String request, String text) {
        try {
            return Answer.of(request, json.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (JacksonException e) {
            throw unread(request, e);
        }
    }

    private HttpResponse<InputStream> exchange(
            String method, String path, Optional<Map<String, ?>> body, String accept) {
        return exchange(method, path, body, accept, ANSWER_LIMIT);
    }

    private HttpResponse<InputStream> exchange(
            String method, String path, Optional<Map<String, ?>> body, String accept, Duration within) {
        return exchange(method, path, body, accept, within, Optional.empty());
    }

    private HttpResponse<InputStream> exchange(
            String method,
            String path,
            Optional<Map<String, ?>> body,
            String accept,
            Duration within,
            Optional<String> ifMatch) {
        HttpRequest.BodyPublisher publisher = body.map(
                        fields -> HttpRequest.BodyPublishers.ofString(json.write(fields)))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(within)
                .header("Accept", accept)
                .method(method, publisher);
        ifMatch.ifPresent(tag -> request.header("If-Match", tag));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        return sent(request);
    }

    private HttpResponse<InputStream> sent(HttpRequest.Builder request) {
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        try {
            return client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnreachableException(base, "interrupted while waiting", e);
        }
    }

    private ClientException problem(String request, HttpResponse<InputStream> response) {
        int status = response.statusCode();
        try (InputStream in = response.body()) {
            if (json.read(in) instanceof Map<?, ?> map) {
                return problem(status, Answer.of(request, map));
            }
        } catch (IOException | JacksonException _) {
            // No problem document: the status is all that is known.
        }
        return new ProblemException(
                status, "about:blank", "HTTP status " + status, request + " was answered with HTTP status " + status);
    }

    private static ClientException problem(int status, Answer told) {
        if (told.text("type").equals(WaitTimedOutException.TYPE)) {
            return new WaitTimedOutException(told.text("detail"), Waited.of(told));
        }
        return new ProblemException(
                status,
                told.optionalText("type").orElse("about:blank"),
                told.optionalText("title").orElse("HTTP status " + status),
                told.text("detail"));
    }

    /// Jackson wraps what went wrong while it read.
    private static ClientException unread(String request, JacksonException e) {
        return e.getCause() instanceof IOException broken
                ? new AnswerBrokenOffException(request, broken)
                : new UnexpectedAnswerException(
                        "The answer to " + request + " is not JSON: " + e.getOriginalMessage(), e);
    }

    private ServerUnreachableException unreachable(IOException e) {
        String reason = switch (e) {
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException refused
            when refused.getCause() instanceof UnresolvedAddressException -> "the host name does not resolve";
            case ConnectException _ -> "the connection was refused";
            case IOException other -> other.getMessage() == null ? "the connection broke" : other.getMessage();
        };
        return new ServerUnreachableException(base, reason, e);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
