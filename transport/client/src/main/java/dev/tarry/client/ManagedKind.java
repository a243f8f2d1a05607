package dev.tarry.client;

import static dev.tarry.client.Http.encoded;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind of object that operators manage, as methods. Identities are names or GUIDs, in any case.
public final class ManagedKind {
    private final Http http;
    private final String path;

    ManagedKind(Http http, String path) {
        this.http = http;
        this.path = path;
    }

    /// All of them, without tags.
    public List<Managed> list() {
        return http.object("GET", path, Optional.empty()).items().stream()
                .map(item -> new Managed(item.bag(), Optional.empty()))
                .toList();
    }

    public Managed get(String identity) {
        return ServiceClient.managed(http.tagged("GET", at(identity), Optional.empty(), Optional.empty()));
    }

    /// Makes one. The server refuses it where it makes no such objects.
    public Change create(Map<String, ?> properties) {
        return ServiceClient.change(http.tagged("POST", path, Optional.of(properties), Optional.empty()));
    }

    /// Changes the properties that are given; a list may also be edited: `Map.of("Add", List.of(…))`.
    /// Whoever writes last wins.
    public Change change(String identity, Map<String, ?> properties) {
        return ServiceClient.change(http.tagged("PATCH", at(identity), Optional.of(properties), Optional.empty()));
    }

    /// As the other, if the object still is as it was seen; else a [ProblemException] with status 412.
    ///
    /// @param seen with its tag
    public Change change(Managed seen, Map<String, ?> properties) {
        return ServiceClient.change(
                http.tagged("PATCH", at(seen.identity()), Optional.of(properties), ServiceClient.tag(seen)));
    }

    public void remove(String identity) {
        http.tagged("DELETE", at(identity), Optional.empty(), Optional.empty());
    }

    /// As the other, if the object still is as it was seen; else a [ProblemException] with status 412.
    ///
    /// @param seen with its tag
    public void remove(Managed seen) {
        http.tagged("DELETE", at(seen.identity()), Optional.empty(), ServiceClient.tag(seen));
    }

    private String at(String identity) {
        return path + "/" + encoded(identity);
    }
}
