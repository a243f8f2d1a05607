package dev.tarry.lab.mx;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A message on its way into the folder: gathered in chunks on the loop, written on the writer's thread. A small
/// one is written in one go when it is complete.
final class FileReceipt implements Receipt {
    private static final Logger log = LoggerFactory.getLogger(FileReceipt.class);
    private static final int FIRST_CHUNK_OCTETS = 8 << 10;
    private static final int CHUNK_OCTETS = 64 << 10;
    private static final int BEGINNING_OCTETS = 8 << 10;

    /// Reading stops when so many chunks wait to be written.
    private static final int CHUNKS_WAITING_MAX = 16;

    private final ReceivedMail mail;
    private final MailFolder folder;
    private final EventExecutor loop;

    // Of the loop.
    private byte[] chunk = new byte[FIRST_CHUNK_OCTETS];
    /// Of a message that is longer than a chunk: what it began with.
    private byte[] first = {};

    private int filled;
    private long sizeBytes;
    private int waiting;
    private Runnable room = () -> {};

    // Of the writer's thread.
    private FileChannel file;
    private Path path;
    private boolean failed;

    FileReceipt(ReceivedMail mail, MailFolder folder, EventExecutor loop) {
        this.mail = mail;
        this.folder = folder;
        this.loop = loop;
    }

    @Override
    public void add(ByteBuf octets, int length) {
        sizeBytes += length;
        int left = length;
        while (left > 0) {
            if (filled == chunk.length) {
                if (chunk.length < CHUNK_OCTETS) {
                    chunk = Arrays.copyOf(chunk, Math.min(chunk.length * 2, CHUNK_OCTETS));
                } else {
                    handOver();
                }
            }
            int some = Math.min(left, chunk.length - filled);
            octets.readBytes(chunk, filled, some);
            filled += some;
            left -= some;
        }
    }

    private void handOver() {
        var full = ByteBuffer.wrap(chunk, 0, filled);
        if (first.length == 0) {
            first = Arrays.copyOf(chunk, BEGINNING_OCTETS);
        }
        chunk = new byte[CHUNK_OCTETS];
        filled = 0;
        waiting++;
        folder.submit(() -> {
            write(full, folder::incomingFile);
            onLoop(this::written);
        });
    }

    private void written() {
        waiting--;
        if (waiting < CHUNKS_WAITING_MAX / 2) {
            var once = room;
            room = () -> {};
            once.run();
        }
    }

    @Override
    public boolean full(Runnable room) {
        if (waiting < CHUNKS_WAITING_MAX) {
            return false;
        }
        this.room = room;
        return true;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void keep(Envelope envelope, Consumer<Optional<String>> kept) {
        var message = mail.stamp(envelope, sizeBytes);
        var rest = ByteBuffer.wrap(chunk, 0, filled);
        folder.submit(() -> {
            write(rest, () -> folder.contentFile(message.id()));
            var id = finish(message);
            onLoop(() -> kept.accept(id));
        });
    }

    @Override
    public byte[] beginning(int most) {
        return first.length > 0
                ? Arrays.copyOf(first, Math.min(most, first.length))
                : Arrays.copyOf(chunk, Math.min(most, filled));
    }

    @Override
    public void abandon() {
        chunk = new byte[0];
        filled = 0;
        folder.submit(this::discard);
    }

    /// @param where the file is made if there is none yet
    private void write(ByteBuffer octets, Supplier<Path> where) {
        if (failed) {
            return;
        }
        try {
            folder.requireRoom(octets.remaining());
            if (file == null) {
                path = where.get();
                file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            }
            while (octets.hasRemaining()) {
                file.write(octets);
            }
        } catch (IOException full) {
            log.warn("received mail cannot be kept: {}", full.toString()); // each that comes to a full disk
            failed = true;
        } catch (RuntimeException unexpected) {
            log.error("{} cannot be written", path, unexpected);
            failed = true;
        }
    }

    private Optional<String> finish(ReceivedMessage message) {
        if (failed) {
            discard();
            return Optional.empty();
        }
        try {
            file.close();
            var target = folder.contentFile(message.id());
            if (!path.equals(target)) {
                Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
                path = target;
            }
            folder.append(message);
        } catch (IOException | RuntimeException full) {
            log.error("message {} cannot be kept", message.id(), full);
            discard(); // no line speaks of it, and a full disk would get fuller
            return Optional.empty();
        }
        var gone = mail.remember(message, new byte[0]);
        try {
            folder.letGo(gone, mail);
        } catch (IOException | RuntimeException left) {
            log.warn("what was let go is not off the disk", left); // this message is kept all the same
        }
        return Optional.of(message.id());
    }

    private void discard() {
        try {
            if (file != null) {
                file.close();
                Files.deleteIfExists(path);
            }
        } catch (IOException | RuntimeException leftBehind) {
            log.warn("{} is left behind until the next start", path, leftBehind);
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException _) {
            // The loop has gone, and with it whoever waited.
        }
    }
}
