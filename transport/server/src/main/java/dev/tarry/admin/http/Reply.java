package dev.tarry.admin.http;

import dev.tarry.admin.Listing;
import dev.tarry.admin.RawContent;
import java.io.IOException;

/// What a handler answers.
public sealed interface Reply {
    /// @param value a map, list, text, number, truth value, [java.time.Instant], [java.util.UUID] or null, and such
    /// inside
    record Json(int status, Object value) implements Reply {}

    /// `{"items": […], "more": …}`, written as it is read.
    record Items(Listing listing) implements Reply {}

    /// 204.
    record Nothing() implements Reply {}

    /// A message's octets, to be kept as a file.
    record Download(RawContent content) implements Reply {}

    /// @param mediaType with its charset, which is UTF-8
    record Text(String mediaType, String text) implements Reply {}

    /// One JSON value a line (`application/x-ndjson`), each sent as it comes.
    record Lines(Source source) implements Reply {
        /// The media type, as a client asks for it.
        public static final String MEDIA_TYPE = "application/x-ndjson";

        /// Gives lines.
        @FunctionalInterface
        public interface Source {
            /// @throws IOException what the sink throws: nobody reads any more
            void writeTo(Sink to) throws IOException;
        }

        /// Takes lines, and may block until it can.
        public interface Sink {
            /// @param value as of [Json]
            void line(Object value) throws IOException;

            /// Whether the client is still there, as far as is known.
            boolean wanted();
        }
    }

    /// @param octets not changed any more
    record Octets(String mediaType, byte[] octets) implements Reply {}

    record Failed(Problem problem) implements Reply {}

    static Reply ok(Object value) {
        return new Json(200, value);
    }

    static Reply created(Object value) {
        return new Json(201, value);
    }

    static Reply items(Listing listing) {
        return new Items(listing);
    }

    static Reply nothing() {
        return new Nothing();
    }

    static Reply download(RawContent content) {
        return new Download(content);
    }
}
