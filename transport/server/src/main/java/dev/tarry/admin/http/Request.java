package dev.tarry.admin.http;

import dev.tarry.admin.Precondition;
import java.util.Optional;
import java.util.SequencedMap;

/// A request that has passed all checks: its parameters are those that the route names, its body has the route's shape.
///
/// @param path     parameters of the path, decoded
/// @param query    parameters of the query that were given, decoded
/// @param body     members that were given; empty if the route takes no body
/// @param document the body where it is a text that the route takes instead; `body` is empty then
/// @param accept   the Accept header, empty if none
/// @param ifMatch  what a change expects to find; [Precondition#NONE] where the route is not [Route.Draft#tagged]
public record Request(
        SequencedMap<String, String> path,
        SequencedMap<String, String> query,
        SequencedMap<String, Object> body,
        Optional<Document> document,
        String accept,
        Precondition ifMatch) {
    /// @param mediaType one of those that the route takes, in lower case and without parameters
    public record Document(String mediaType, String text) {}

    /// A parameter of the path.
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route's path has no {" + name + "}");
        }
        return value;
    }

    /// A parameter of the query, if it was given.
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A parameter of the query that is `true` or `false`; false if it was not given.
    public boolean queryFlag(String name) {
        return queryFlag(name, false);
    }

    /// A parameter of the query that is `true` or `false`.
    public boolean queryFlag(String name, boolean otherwise) {
        String value = query.getOrDefault(name, Boolean.toString(otherwise));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ProblemException(Problem.invalidParameter(
                        name, name + " is true or false, not " + Problems.quoted(value) + "."));
        };
    }

    /// A member of the body that is a text.
    public Optional<String> text(String name) {
        return Optional.ofNullable((String) body.get(name));
    }

    /// A member of the body that is true or false.
    public boolean flag(String name, boolean otherwise) {
        return body.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    /// A member of the body that is a number.
    public Optional<Number> number(String name) {
        return Optional.ofNullable((Number) body.get(name));
    }
}
