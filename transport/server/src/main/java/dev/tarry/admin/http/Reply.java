package dev.tarry.admin.http;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.Listing;
import dev.tarry.admin.RawContent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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

    /// An answer that takes its time, made once the request has been looked at: whoever makes it can see that
    /// nobody waits for it any more.
    record Later(Work work) implements Reply {
        /// Makes the answer, on the virtual thread of the request.
        @FunctionalInterface
        public interface Work {
            /// As [Route.Handler#answer].
            Reply answer(Caller caller) throws Exception;
        }
    }

    /// Whoever asked.
    interface Caller {
        /// Whether it may still want its answer: it has not hung up, the listener is not closing, and it has
        /// not got it.
        boolean waits();

        /// Has this run once when that is no longer so; at once if it is not. On the connection's loop or on the
        /// caller's thread: quick, and waits for nothing.
        void whenGone(Runnable then);
    }

    /// Server-sent events (HTML Standard §9.2), sent as they come until there are no more, the client hangs up, or
    /// the listener closes.
    record Events(Source source) implements Reply {
        /// The media type, exactly as browsers want it.
        public static final String MEDIA_TYPE = "text/event-stream";

        /// Gives events.
        public interface Source {
            /// Blocks as long as there may be more.
            ///
            /// @throws IOException what the sink throws: nobody reads any more
            void writeTo(Sink to) throws IOException, InterruptedException;

            /// It is over, also where nothing could be written at all. Called once.
            void over();
        }

        /// Takes events, and may block until it can: while the client is slow, and [HttpListener#READ_WITHIN]
        /// at most.
        public interface Sink extends Caller {
            /// What the client says was the last event it had (`Last-Event-ID`), word for word.
            Optional<String> lastEventId();

            /// Sends these, in one piece.
            void send(List<Event> events) throws IOException;

            /// Sends a comment, so that both ends learn whether the other is there.
            ///
            /// @param words one line
            /// @param id    what [#lastEventId] is to be from now on; empty: as it was
            void comment(String words, String id) throws IOException;
        }

        /// @param id   what the client says when it comes back; one line
        /// @param type what listeners are registered for; one line
        /// @param data as of [Json]
        public record Event(String id, String type, Object data) {}
    }

    /// @param octets not changed any more
    record Octets(String mediaType, byte[] octets) implements Reply {}

    /// A page for browsers: HTML that needs nothing but its own style.
    ///
    /// @param policy its Content-Security-Policy
    record Page(String html, String policy) implements Reply {}

    record Failed(Problem problem) implements Reply {}

    /// 304: the client has it already.
    record NotModified(EntityTag tag) implements Reply {}

    /// A reply with more in its head.
    ///
    /// @param tag      of the object's state; a client that has it gets [NotModified] instead
    /// @param location where the object that was made can be found: a path
    record Headed(Reply reply, Optional<EntityTag> tag, Optional<String> location) implements Reply {
        public Headed {
            if (reply instanceof Headed) {
                throw new IllegalArgumentException("one head is enough");
            }
        }
    }

    /// The same with the tag of what it shows.
    default Reply tagged(EntityTag tag) {
        return this instanceof Headed(Reply reply, var _, Optional<String> location)
                ? new Headed(reply, Optional.of(tag), location)
                : new Headed(this, Optional.of(tag), Optional.empty());
    }

    /// The same with the path of what was made, percent-encoded.
    default Reply at(String path) {
        return this instanceof Headed(Reply reply, Optional<EntityTag> tag, var _)
                ? new Headed(reply, tag, Optional.of(path))
                : new Headed(this, Optional.empty(), Optional.of(path));
    }

    /// 200 with the tag of this very content.
    static Reply tagged(Object value) {
        return ok(value).tagged(EntityTag.of(value));
    }

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
