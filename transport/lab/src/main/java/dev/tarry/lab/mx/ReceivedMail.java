package dev.tarry.lab.mx;

import dev.tarry.lab.fault.Glob;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// All mail that the lab's hosts took: in a folder, or in memory when there is none. Thread-safe.
///
/// With a folder, a message is on file, content and all, before its host says 250: it survives the end of the
/// process, at whatever moment.
public final class ReceivedMail implements AutoCloseable {
    private final InstantSource clock;
    private final MailBounds bounds;
    private final Optional<MailFolder> folder;
    /// In the order of receipt. Content only when there is no folder.
    private final SequencedMap<String, Kept> messages = new LinkedHashMap<>();

    private volatile Consumer<ReceivedMessage> onReceived = _ -> {};
    private long octets;
    private long lastNumber;

    private record Kept(ReceivedMessage message, byte[] content) {}

    /// @param folder made if it is missing; empty: in memory
    /// @throws IOException if the folder cannot be made or read
    public ReceivedMail(Optional<Path> folder, MailBounds bounds, InstantSource clock) throws IOException {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.bounds = Objects.requireNonNull(bounds, "bounds");
        if (folder.isEmpty()) {
            this.folder = Optional.empty();
            return;
        }
        var files = new MailFolder(folder.get());
        this.folder = Optional.of(files);
        lastNumber = files.lastNumber();
        for (var message : files.load()) {
            remember(message, new byte[0]);
        }
    }

    /// @param onReceived told of each message when it is among what was taken, on whichever thread took it
    public void onReceived(Consumer<ReceivedMessage> onReceived) {
        this.onReceived = onReceived;
    }

    /// The newest that match, oldest first.
    ///
    /// @param recipient matches any recipient of a message
    public List<ReceivedMessage> mail(Glob recipient, Glob host, int limit) {
        var found = new ArrayList<ReceivedMessage>();
        synchronized (this) {
            for (var kept : messages.sequencedValues().reversed()) {
                if (found.size() >= limit) {
                    break;
                }
                var message = kept.message;
                if (host.matches(message.host())
                        && message.recipients().stream().anyMatch(r -> recipient.matches(r.address()))) {
                    found.add(message);
                }
            }
        }
        return List.copyOf(found.reversed());
    }

    /// The content as it came, dot-stuffing undone. The caller closes it.
    ///
    /// @return empty if there is no such message, or it was let go
    public Optional<InputStream> content(String id) throws IOException {
        Kept kept;
        synchronized (this) {
            kept = messages.get(id);
        }
        if (kept == null) {
            return Optional.empty();
        }
        return folder.isPresent() ? folder.get().content(id) : Optional.of(new ByteArrayInputStream(kept.content));
    }

    /// The latest time of receipt among what is kept.
    public synchronized Optional<Instant> newest() {
        return messages.values().stream().map(kept -> kept.message.received()).max(Comparator.naturalOrder());
    }

    /// Forgets everything; numbers go on from where they were. Waits for the disk.
    public void forget() {
        long last;
        synchronized (this) {
            messages.clear();
            octets = 0;
            last = lastNumber;
        }
        folder.ifPresent(files -> files.forget(last));
    }

    /// Waits until everything that was taken is on file.
    @Override
    public void close() {
        folder.ifPresent(MailFolder::close);
    }

    Receipt begin(EventExecutor loop) {
        return folder.isPresent() ? new FileReceipt(this, folder.get(), loop) : new InMemory();
    }

    /// Gives the message its id and its time.
    synchronized ReceivedMessage stamp(Envelope envelope, long sizeBytes) {
        return envelope.received("L" + ++lastNumber, clock.instant(), sizeBytes);
    }

    /// @param content empty when it is in the folder
    /// @return ids of the messages that had to go for it
    List<String> remember(ReceivedMessage message, byte[] content) {
        List<String> gone = added(message, content);
        onReceived.accept(message);
        return gone;
    }

    private synchronized List<String> added(ReceivedMessage message, byte[] content) {
        messages.put(message.id(), new Kept(message, content));
        octets += message.sizeBytes();
        var gone = new ArrayList<String>();
        while (messages.size() > 1 && (messages.size() > bounds.messagesKept() || octets > bounds.octetsKept())) {
            var oldest = messages.pollFirstEntry();
            octets -= oldest.getValue().message.sizeBytes();
            gone.add(oldest.getKey());
        }
        return gone;
    }

    /// What the log has to hold when it is written anew.
    synchronized List<ReceivedMessage> all() {
        return messages.values().stream().map(Kept::message).toList();
    }

    /// A message in memory.
    private final class InMemory implements Receipt {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void add(ByteBuf source, int length) {
            try {
                source.readBytes(octets, length);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public boolean full(Runnable room) {
            return false;
        }

        @Override
        public long sizeBytes() {
            return octets.size();
        }

        @Override
        public void keep(Envelope envelope, Consumer<Optional<String>> kept) {
            var message = stamp(envelope, octets.size());
            remember(message, octets.toByteArray());
            kept.accept(Optional.of(message.id()));
        }

        @Override
        public byte[] beginning(int most) {
            var all = octets.toByteArray();
            return Arrays.copyOf(all, Math.min(most, all.length));
        }

        @Override
        public void abandon() {
            octets.reset();
        }
    }
}
