package dev.tarry.admin.http;

import dev.tarry.admin.EntityTag;
import dev.tarry.admin.OperationRefused;
import dev.tarry.admin.RawContent;
import dev.tarry.store.StoreException;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one reply. Lives on the virtual thread that answers, and blocks it while the client is slow, so that however
/// large a reply is, only a buffer of it stands in memory.
final class ReplyWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

    /// A reply that fits goes out whole, with its length; a larger one in chunks of this.
    static final int BUFFER = 32 * 1024;

    /// RFC 9110 §5.6.7
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Channel channel;
    private final Loop loop;
    private final World world;
    private final Json json;
    private final boolean headOnly;
    private final boolean chunks;
    private final boolean keepAlive;
    private final Presence caller;
    private final Optional<String> lastEventId;
    private Consumer<HttpResponse> more = _ -> {};
    private boolean begun;

    /// @param headOnly  for HEAD: everything but the body
    /// @param chunks    whether the client knows chunks
    /// @param keepAlive whether the connection goes on afterwards
    /// @param lastEventId the header of that name
    ReplyWriter(
            Channel channel,
            Loop loop,
            World world,
            Json json,
            boolean headOnly,
            boolean chunks,
            boolean keepAlive,
            Presence caller,
            Optional<String> lastEventId) {
        this.channel = channel;
        this.loop = loop;
        this.world = world;
        this.json = json;
        this.headOnly = headOnly;
        this.chunks = chunks;
        this.keepAlive = keepAlive;
        this.caller = caller;
        this.lastEventId = lastEventId;
    }

    /// @return whether it went out whole, and the connection can go on; if not, it must be closed
    boolean send(Reply reply) {
        try {
            write(reply);
            return chunks || !begun;
        } catch (IOException e) {
            LOG.debug("a client did not take its reply", e);
            return false;
        } catch (CancellationException e) {
            LOG.debug("a client did not wait for its reply", e);
            return false;
        } catch (OperationRefused e) {
            LOG.debug("a reply could not be finished", e); // a refusal is an answer, unless another has begun
            return replace(Problems.of(e));
        } catch (StoreException e) {
            LOG.warn("the store cannot be read: {}", e.getMessage());
            LOG.debug("a reply could not be finished", e);
            return replace(new Problem(ProblemType.UNAVAILABLE, "The store cannot be read."));
        } catch (RuntimeException e) {
            LOG.warn("a reply could not be finished", e);
            return replace(Problem.internal());
        }
    }

    /// Something failed while the reply was being made: if nothing of it has gone out, the problem does instead.
    private boolean replace(Problem problem) {
        if (begun) {
            LOG.warn("a reply breaks off: {}", problem.detail());
            return false;
        }
        try {
            write(new Reply.Failed(problem));
            return true;
        } catch (IOException | StoreException e) {
            LOG.debug("a client did not take its problem", e);
            return false;
        }
    }

    private void write(Reply reply) throws IOException, StoreException {
        switch (reply) {
            case Reply.Headed(Reply inner, Optional<EntityTag> tag, Optional<String> location) -> {
                more = head -> {
                    tag.ifPresent(t -> head.headers().set(HttpHeaderNames.ETAG, t.toString()));
                    location.ifPresent(l -> head.headers().set(HttpHeaderNames.LOCATION, l));
                };
                write(inner);
            }
            case Reply.NotModified(EntityTag tag) -> {
                HttpResponse head = head(304, "");
                head.headers().set(HttpHeaderNames.ETAG, tag.toString());
                whole(head, new byte[0], 0);
            }
            case Reply.Json(int status, Object value) ->
                stream(head(status, "application/json"), to -> json.write(value, to));
            case Reply.Items(var listing) -> {
                caller.watch(); // a million may be looked through before there is anything to write
                stream(head(200, "application/json"), to -> json.write(listing, to, caller::waits));
            }
            case Reply.Nothing _ -> whole(head(204, ""), new byte[0], 0);
            case Reply.Text(String type, String text) -> {
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                whole(head(200, type), octets, octets.length);
            }
            case Reply.Octets(String type, byte[] octets) -> whole(head(200, type), octets, octets.length);
            case Reply.Page(String html, String policy) -> page(html, policy);
            case Reply.Failed(Problem problem) -> stream(head(problem), to -> json.write(problem.json(), to));
            case Reply.Download(var content) -> download(content);
            case Reply.Lines(var source) -> lines(source);
            case Reply.Later(var work) -> write(made(work));
            case Reply.Events(var source) -> events(source);
        }
    }

    private Reply made(Reply.Later.Work work) {
        caller.watch();
        try {
            return work.answer(caller);
        } catch (ProblemException e) {
            return new Reply.Failed(e.problem());
        } catch (OperationRefused e) {
            return new Reply.Failed(Problems.of(e));
        } catch (Exception e) {
            if (caller.waits()) {
                LOG.error("an answer could not be made", e);
            }
            return new Reply.Failed(Problem.internal());
        }
    }

    // ---- heads

    private HttpResponse head(int status, String mediaType) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.DATE, DATE.format(world.wireTime().instant()));
        if (!mediaType.isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        }
        // what a browser might do with it, should one get hold of it
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        more.accept(response);
        return response;
    }

    private HttpResponse head(Problem problem) {
        more = _ -> {}; // it is about something else now
        HttpResponse response = head(problem.status(), "application/problem+json");
        if (problem.status() == 401) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.more().get("allowed") instanceof String allowed) {
            response.headers().set(HttpHeaderNames.ALLOW, allowed);
        }
        if (problem.more().get(Problem.RETRY_AFTER) instanceof Long seconds) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds);
        }
        return response;
    }

    // ---- bodies

    private interface Body {
        void writeTo(OutputStream to) throws IOException;
    }

    private void stream(HttpResponse head, Body body) throws IOException {
        Buffer buffer = new Buffer(head);
        body.writeTo(buffer);
        buffer.end();
    }

    private void whole(HttpResponse head, byte[] octets, int length) throws IOException {
        if (length > 0) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        } else if (head.status().code() != 204 && head.status().code() != 304) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        await(channel.writeAndFlush(new DefaultFullHttpResponse(
                head.protocolVersion(),
                head.status(),
                headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(octets, 0, length),
                head.headers(),
                EmptyHttpHeaders.INSTANCE)));
    }

    private void page(String html, String policy) throws IOException {
        HttpResponse head = head(200, "text/html; charset=utf-8");
        head.headers().set("Content-Security-Policy", policy);
        stream(head, to -> to.write(html.getBytes(StandardCharsets.UTF_8)));
    }

    private void download(RawContent content) throws IOException, StoreException {
        HttpResponse head = head(200, "message/rfc822");
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.bytes());
        head.headers()
                .set(
                        HttpHeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + content.fileName().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
        if (!headOnly) {
            Remaining remaining = new Remaining(head, content.bytes());
            content.octets().writeTo(remaining::write);
            remaining.end();
        } else {
            begin(head);
        }
        await(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    }

    private void lines(Reply.Lines.Source source) throws IOException {
        HttpResponse head = head(200, Reply.Lines.MEDIA_TYPE);
        if (chunks) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        begin(head);
        if (!headOnly) {
            caller.watch();
            source.writeTo(new Reply.Lines.Sink() {
                @Override
                public void line(Object value) throws IOException {
                    ByteArrayOutputStream line = new ByteArrayOutputStream();
                    json.write(value, line);
                    line.write('\n');
                    await(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(line.toByteArray()))));
                }

                @Override
                public boolean wanted() {
                    return caller.waits();
                }
            });
        }
        await(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    }

    private void events(Reply.Events.Source source) throws IOException {
        try {
            HttpResponse head = head(200, Reply.Events.MEDIA_TYPE);
            if (chunks) {
                head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
            begin(head);
            if (!headOnly) {
                caller.watch();
                source.writeTo(new EventSink());
            }
            await(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        } finally {
            source.over();
        }
    }

    private final class EventSink implements Reply.Events.Sink {
        @Override
        public Optional<String> lastEventId() {
            return lastEventId;
        }

        @Override
        public boolean waits() {
            return caller.waits();
        }

        @Override
        public void whenGone(Runnable then) {
            caller.whenGone(then);
        }

        @Override
        public void send(List<Reply.Events.Event> events) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Reply.Events.Event event : events) {
                field("id", event.id(), all);
                field("event", event.type(), all);
                all.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
                json.write(event.data(), all); // on one line: JSON escapes every line end that is in a text
                all.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
            }
            write(all);
        }

        @Override
        public void comment(String words, String id) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            field("", words, all);
            if (!id.isEmpty()) {
                field("id", id, all);
            }
            all.write('\n');
            write(all);
        }

        private void field(String name, String value, ByteArrayOutputStream to) {
            if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                throw new IllegalArgumentException("one line is wanted");
            }
            to.writeBytes((name + ": " + value + "\n").getBytes(StandardCharsets.UTF_8));
        }

        private void write(ByteArrayOutputStream all) throws IOException {
            await(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(all.toByteArray()))));
        }
    }

    /// Holds a download to the length that was promised. The head goes out with the first octets, so that content that
    /// cannot be read at all is still told as a problem.
    private final class Remaining {
        private final HttpResponse head;
        private long octets;

        Remaining(HttpResponse head, long octets) {
            this.head = head;
            this.octets = octets;
        }

        void write(ByteBuffer part) throws IOException {
            octets -= part.remaining();
            if (octets < 0) {
                throw new IllegalStateException("content is longer than its record says");
            }
            if (!begun) {
                begin(head);
            }
            await(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part))));
        }

        void end() throws IOException {
            if (octets != 0) {
                throw new IllegalStateException("content is " + octets + " bytes shorter than its record says");
            }
            if (!begun) {
                begin(head);
            }
        }
    }

    private void begin(HttpResponse head) throws IOException {
        begun = true;
        await(channel.writeAndFlush(head));
    }

    /// Until it is on the wire.
    private void await(ChannelFuture written) throws IOException {
        Alarm stall = world.wireTimers().after(HttpListener.READ_WITHIN, loop, channel::close);
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            stall.cancel();
        }
        if (!written.isSuccess()) {
            throw new IOException("the reply could not be written", written.cause());
        }
    }

    /// Collects a body; if it grows too large to be sent whole, sends it in chunks.
    private final class Buffer extends OutputStream {
        private final HttpResponse head;
        private byte[] octets = new byte[BUFFER];
        private int length;

        Buffer(HttpResponse head) {
            this.head = head;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (length == octets.length) {
                    send();
                }
                int part = Math.min(count - done, octets.length - length);
                System.arraycopy(from, offset + done, octets, length, part);
                length += part;
                done += part;
            }
        }

        private void send() throws IOException {
            if (!begun) {
                if (chunks && !headOnly) {
                    head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                }
                begin(head);
            }
            if (!headOnly) {
                await(channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(octets, 0, length))));
                octets = new byte[BUFFER];
            }
            length = 0;
        }

        void end() throws IOException {
            if (!begun) {
                whole(head, octets, length);
                return;
            }
            send();
            await(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        }
    }
}
