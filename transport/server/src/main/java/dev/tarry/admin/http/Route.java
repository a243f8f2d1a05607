package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One thing that can be asked for, as data: requests are served from it, and the API's description is written from
/// it.
///
/// @param method `GET`, `POST`, `DELETE`, …
/// @param path `/api/v1/queues/{identity}/retry`: parameters are whole segments
/// @param summary one sentence
/// @param parameters of the query
/// @param inPath what is to be said of parameters of the path; those that are left out are plain texts
/// @param body the JSON object it takes, if any
/// @param documents media types of the texts that it takes instead; nothing that a web form can send
/// @param answer what it gives when all is well
/// @param others what else it may give that is no problem document
/// @param open whether it is answered without a token
/// @param tagged whether its object's states have tags: reading gives one, a change looks at `If-Match`
/// @param large whether its JSON may be as large as a text
/// @param handler runs on a virtual thread
public record Route(
        String method,
        String path,
        String summary,
        List<Parameter> parameters,
        List<Parameter> inPath,
        Optional<Shape.Fields> body,
        List<String> documents,
        Answer answer,
        List<Answer> others,
        boolean open,
        boolean tagged,
        boolean large,
        Handler handler) {
    private static final Pattern PATH = Pattern.compile("(/([A-Za-z0-9._-]+|\\{[a-zA-Z]+}))+");

    /// A parameter of the query or the path; of the query always optional.
    ///
    /// @param shape of its value, written as text
    public record Parameter(String name, Shape shape, String description) {}

    /// @param mediaType empty if there is no body
    /// @param shape     of JSON; absent for other types
    public record Answer(int status, String mediaType, Optional<Shape> shape, String description) {}

    /// Does the work. May block, may throw [ProblemException] or [dev.tarry.admin.OperationRefused]; anything else is
    /// logged, and told to the client as a 500 that says nothing more.
    @FunctionalInterface
    public interface Handler {
        Reply answer(Request request) throws Exception;
    }

    public Route {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not a route's path: " + path);
        }
        parameters = List.copyOf(parameters);
        inPath = List.copyOf(inPath);
        others = List.copyOf(others);
        documents = List.copyOf(documents);
    }

    public static Draft get(String path, String summary) {
        return new Draft("GET", path, summary);
    }

    public static Draft post(String path, String summary) {
        return new Draft("POST", path, summary);
    }

    public static Draft put(String path, String summary) {
        return new Draft("PUT", path, summary);
    }

    /// Changes the members that are given (RFC 5789).
    public static Draft patch(String path, String summary) {
        return new Draft("PATCH", path, summary);
    }

    public static Draft delete(String path, String summary) {
        return new Draft("DELETE", path, summary);
    }

    /// Whether it leaves everything as it is (RFC 9110 §9.2.1).
    boolean safe() {
        return method.equals("GET");
    }

    /// How large its body may be, in bytes: a text may hold a whole world, and so may the JSON in its place, and a
    /// message its attachments; everything else is some members.
    int maxBodyBytes() {
        return documents.isEmpty() && !large ? HttpSettings.DEFAULT_MAX_BODY_BYTES : Integer.MAX_VALUE;
    }

    /// A route being written down.
    public static final class Draft {
        private final String method;
        private final String path;
        private final String summary;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Parameter> inPath = new ArrayList<>();
        private Optional<Shape.Fields> body = Optional.empty();
        private List<String> documents = List.of();
        private Answer answer = new Answer(204, "", Optional.empty(), "Done.");
        private final List<Answer> others = new ArrayList<>();
        private boolean open;
        private boolean tagged;
        private boolean large;

        private Draft(String method, String path, String summary) {
            this.method = method;
            this.path = path;
            this.summary = summary;
        }

        /// A parameter of the query that is any text.
        public Draft query(String name, String description) {
            return query(name, Shape.TEXT, description);
        }

        /// A parameter of the query. Flags, numbers, words and moments are looked at before the handler is asked.
        public Draft query(String name, Shape shape, String description) {
            parameters.add(new Parameter(name, shape, description));
            return this;
        }

        /// What stands in the path under this name. Only for its description.
        public Draft path(String name, Shape shape, String description) {
            inPath.add(new Parameter(name, shape, description));
            return this;
        }

        /// What the body must look like. An empty body stands for `{}`.
        public Draft takes(Shape.Fields shape) {
            body = Optional.of(shape);
            return this;
        }

        /// The body may be as large as a text.
        public Draft large() {
            large = true;
            return this;
        }

        /// Or the body is a text of one of these media types, in lower case; then nothing of it is checked.
        public Draft orDocument(String... mediaTypes) {
            documents = List.of(mediaTypes);
            return this;
        }

        public Draft gives(Shape shape, String description) {
            return gives(200, shape, description);
        }

        public Draft gives(int status, Shape shape, String description) {
            answer = new Answer(status, "application/json", Optional.of(shape), description);
            return this;
        }

        /// A listing that can be paged through.
        public Draft givesPages(Shape item, String description) {
            return gives(Shape.pages(item), description);
        }

        public Draft givesItems(Shape item, String description) {
            return gives(Shape.items(item), description);
        }

        /// What it gives in another case, which is no problem either.
        public Draft orGives(int status, Shape shape, String description) {
            others.add(new Answer(status, "application/json", Optional.of(shape), description));
            return this;
        }

        /// Something other than JSON.
        public Draft givesType(String mediaType, String description) {
            answer = new Answer(200, mediaType, Optional.empty(), description);
            return this;
        }

        /// Needs no token: for what watches over the server.
        public Draft withoutToken() {
            open = true;
            return this;
        }

        /// Its object's states have tags: a GET replies with [Reply#tagged], a change holds
        /// [Request#ifMatch] against the state that it finds, at the moment it decides. A route without
        /// this refuses changes with `If-Match`.
        public Draft tagged() {
            tagged = true;
            return this;
        }

        public Route by(Handler handler) {
            return new Route(
                    method,
                    path,
                    summary,
                    parameters,
                    inPath,
                    body,
                    documents,
                    answer,
                    others,
                    open,
                    tagged,
                    large,
                    handler);
        }
    }
}
