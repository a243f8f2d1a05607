package dev.tarry.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The part of a request's address after the question mark; absent values leave no trace.
final class Query {
    private final List<String> pairs = new ArrayList<>();

    Query with(String name, Optional<String> value) {
        value.ifPresent(text -> pairs.add(Http.encoded(name) + "=" + Http.encoded(text)));
        return this;
    }

    Query with(String name, ResultLimit limit) {
        return with(name, Optional.of(limit.text()).filter(text -> !text.isEmpty()));
    }

    String on(String path) {
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }
}
