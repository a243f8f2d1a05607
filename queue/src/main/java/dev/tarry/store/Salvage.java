package dev.tarry.store;

import dev.tarry.mail.MessageIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts what can be read of a damaged store into a fresh one, and notes what cannot: first the tables, then the changes
/// that the logs tell of, then everything is looked at, and what makes no sense is taken out. For one use.
///
/// Ids: an id that was ever given is not given again. Where the marks are lost, or changes of them may be, they are set
/// far above all that was found.
final class Salvage {
    /// So many ids may have been given whose every trace is lost.
    static final long LEAP_IDS = 1L << 24;

    /// Queues' ids are shown to people, and few: less of a leap does.
    static final int LEAP_QUEUES = 1_000;

    /// Epochs that may have been begun.
    static final long LEAP_EPOCHS = 1_000;

    /// So many of the things that a damaged place seems to tell of are named.
    private static final int MAX_SEEN = 20;

    private static final int SUBMISSION_ID = 1;
    private static final long WRITE_BYTES = 4L << 20;

    private final Disk fresh;
    private final Findings findings;
    private final RecordWriter writer = new RecordWriter();
    private final ByteBuffer keyBuffer = ByteBuffer.allocateDirect(Keys.MAX_BYTES);
    private ByteBuffer valueBuffer = ByteBuffer.allocateDirect(256 * 1024);
    /// whether there are places of which nobody knows what was there
    private boolean gaps;
    private final Map<Integer, long[]> highest = new TreeMap<>();

    Salvage(Disk fresh, Findings findings) {
        this.fresh = fresh;
        this.findings = findings;
    }

    /// @param damaged the store's folder; is not changed
    /// @param working a folder to work in, which is not there
    void run(Path damaged, Path working) throws StoreException, IOException {
        try (Wreck wreck = Wreck.of(damaged, working)) {
            wreck.show(new Tables());
        }
        write();
        if (logs(damaged).isEmpty()) {
            gaps = true;
            findings.add(Damage.Fate.UNKNOWN, "log", 0, "what was accepted or settled last", "there is no log");
        }
        for (Path log : logs(damaged)) {
            LogScan.read(
                    log,
                    new Log(
                            log.getFileName().toString(),
                            log.equals(logs(damaged).getLast())));
        }
        write();
        Set<Integer> queues = queues();
        messages(queues);
        items();
        safetyNet();
        house();
        write();
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    // ---- copying

    private final class Tables implements Wreck.Sight {
        @Override
        public void entry(Disk.Family family, byte[] key, byte[] value) throws StoreException {
            put(family, key, value);
        }

        @Override
        public void unreadable(Disk.Family family, byte[] after, byte[] before, String why) {
            gaps = true;
            findings.add(
                    Damage.Fate.UNKNOWN,
                    "table",
                    0,
                    "of " + family.word() + ", between " + named(family, after, "the beginning") + " and "
                            + named(family, before, "the end"),
                    why);
        }

        @Override
        public void wrong(String what) {
            gaps = true;
            findings.add(Damage.Fate.UNKNOWN, "table", 0, "", what);
        }
    }

    private final class Log implements LogScan.Found {
        private final String name;
        private final boolean newest;

        Log(String name, boolean newest) {
            this.name = name;
            this.newest = newest;
        }

        /// All of it or nothing.
        @Override
        public void batch(byte[] payload) throws StoreException {
            List<Change> changes = new ArrayList<>();
            try {
                LoggedBatch.read(payload, new Parsed(changes));
            } catch (StoreException e) {
                gaps = true;
                findings.add(Damage.Fate.UNKNOWN, "log", 0, name + told(payload, -1), e.getMessage());
                return;
            }
            for (Change change : changes) {
                change.apply();
            }
        }

        /// What of it can be made out is named. The end of the newest log is where a crash tears: nobody was promised
        /// what stood there, but it may also have been damaged.
        @Override
        public void damage(long at, long bytes, byte[] octets, boolean atEnd) throws StoreException {
            gaps = true;
            findings.add(
                    Damage.Fate.UNKNOWN,
                    "log",
                    0,
                    name + " from octet " + at + ", " + bytes + " octets" + (atEnd && newest ? ", its end" : "")
                            + told(octets, at),
                    "their checksum is wrong, or parts of them are missing");
        }

        /// What these octets seem to tell of; messages among it are in doubt from now on.
        ///
        /// @param at where in the log; negative if that is not known
        private String told(byte[] octets, long at) throws StoreException {
            Set<String> seen = new LinkedHashSet<>();
            byte[] most = Arrays.copyOf(octets, Math.min(octets.length, LogScan.MAX_GUESSED_BYTES));
            LoggedBatch.guess(most, new LoggedBatch.Changes() {
                @Override
                public void put(Disk.Family family, byte[] key, byte[] value) {
                    if (family == Disk.Family.META && key.length == Keys.ID_BYTES) {
                        lostFromLog(key, value, name, at);
                        see("a message");
                    } else if (family == Disk.Family.META && key.length == Keys.COPY_BYTES) {
                        see("a copy of message " + ByteBuffer.wrap(key).getLong());
                    }
                }

                @Override
                public void remove(Disk.Family family, byte[] key) {
                    if (family == Disk.Family.META && key.length >= Keys.ID_BYTES) {
                        see("the end of message " + ByteBuffer.wrap(key).getLong()
                                + " here, which may be delivered once more");
                    }
                }

                @Override
                public void removeRange(Disk.Family family, byte[] from, byte[] to) {
                    // octets of mail that was done with
                }

                private void see(String what) {
                    if (seen.size() < MAX_SEEN) {
                        seen.add(what);
                    }
                }
            });
            return seen.isEmpty() ? "" : ": it seems to tell of " + String.join(", ", seen);
        }
    }

    /// One that a log tells of.
    private interface Change {
        void apply() throws StoreException;
    }

    private final class Parsed implements LoggedBatch.Changes {
        private final List<Change> changes;

        Parsed(List<Change> changes) {
            this.changes = changes;
        }

        @Override
        public void put(Disk.Family family, byte[] key, byte[] value) {
            changes.add(() -> {
                if (family != Disk.Family.CONTENT || fresh.get(family, key) == null) {
                    Salvage.this.put(family, key, value);
                }
            });
        }

        @Override
        public void remove(Disk.Family family, byte[] key) {
            changes.add(() -> Salvage.this.remove(family, key));
        }

        @Override
        public void removeRange(Disk.Family family, byte[] from, byte[] to) throws StoreException {
            if (family != Disk.Family.CONTENT) {
                throw StoreException.ofDamage(
                        "a commit in the log removes a range of " + family.word() + ", which tarry never does");
            }
            changes.add(() -> {
                try {
                    fresh.removeChunks(from, to);
                    fresh.endBatch();
                } catch (WriteFailure e) {
                    throw unwritten(e);
                }
            });
        }
    }

    private void lostFromLog(byte[] key, byte[] value, String name, long at) {
        long id = ByteBuffer.wrap(key).getLong();
        String about;
        try {
            about = about(RecordFormat.message(ByteBuffer.wrap(key), ByteBuffer.wrap(value)));
        } catch (StoreException _) {
            about = "";
        }
        findings.doubtful(
                id, about, "it stood in " + name + (at < 0 ? "" : " near octet " + at) + ", which is damaged");
    }

    private void put(Disk.Family family, byte[] key, byte[] value) throws StoreException {
        try {
            if (valueBuffer.capacity() < value.length) {
                valueBuffer = ByteBuffer.allocateDirect(value.length);
            }
            fresh.put(
                    family,
                    keyBuffer.clear().put(key).flip(),
                    valueBuffer.clear().put(value).flip());
            fresh.endBatch();
            if (fresh.collectedBytes() >= WRITE_BYTES) {
                fresh.write(false);
            }
        } catch (WriteFailure e) {
            throw unwritten(e);
        }
    }

    private void remove(Disk.Family family, byte[] key) throws StoreException {
        try {
            fresh.remove(family, keyBuffer.clear().put(key).flip());
            fresh.endBatch();
        } catch (WriteFailure e) {
            throw unwritten(e);
        }
    }

    private void write() throws StoreException {
        try {
            fresh.write(true);
        } catch (WriteFailure e) {
            throw unwritten(e);
        }
    }

    private StoreException unwritten(WriteFailure e) {
        return new StoreException(fresh.place() + " cannot be written: " + e.getMessage(), e);
    }

    // ---- looking at what is there

    /// @return the ids of those that can be read
    private Set<Integer> queues() throws StoreException {
        Set<Integer> ids = new HashSet<>();
        try (Disk.Cursor cursor = fresh.cursor(Disk.Family.QUEUE, new byte[0], null)) {
            while (cursor.next()) {
                byte[] key = octets(cursor.key());
                try {
                    QueueRecord queue = RecordFormat.queue(ByteBuffer.wrap(key), cursor.value());
                    ids.add(queue.id());
                    used(ByteBuffer.wrap(key).getInt(), 0, 0, queue.id());
                } catch (StoreException | RuntimeException e) {
                    rethrowIfLater(e);
                    findings.add(Damage.Fate.LOST, "queue", 0, key(Disk.Family.QUEUE, key), said(e));
                    remove(Disk.Family.QUEUE, key);
                }
            }
        }
        return ids;
    }

    private void messages(Set<Integer> queues) throws StoreException {
        byte[] messageKey = null;
        Map<byte[], CopyRecord> copies = new LinkedHashMap<>();
        MessageRecord message = null;
        long of = -1;
        boolean copiesLost = false;
        try (Disk.Cursor cursor = fresh.cursor(Disk.Family.META, new byte[0], null)) {
            boolean more = cursor.next();
            while (true) {
                byte[] key = more ? octets(cursor.key()) : new byte[0];
                long id = key.length >= Keys.ID_BYTES ? ByteBuffer.wrap(key).getLong() : -1;
                if (of != -1 && (!more || id != of)) {
                    message(of, messageKey, message, copies, copiesLost, queues);
                    copies.clear();
                    message = null;
                    messageKey = null;
                    copiesLost = false;
                }
                if (!more) {
                    return;
                }
                of = id;
                try {
                    if (key.length == Keys.ID_BYTES) {
                        messageKey = key;
                        message = RecordFormat.message(ByteBuffer.wrap(key), cursor.value());
                    } else if (key.length == Keys.COPY_BYTES) {
                        copies.put(key, RecordFormat.copy(ByteBuffer.wrap(key), cursor.value()));
                    } else {
                        throw StoreException.ofDamage("its key has " + key.length + " octets", null);
                    }
                } catch (StoreException | RuntimeException e) {
                    rethrowIfLater(e);
                    copiesLost |= key.length != Keys.ID_BYTES;
                    findings.add(
                            Damage.Fate.LOST,
                            key.length == Keys.ID_BYTES ? "message" : "copy",
                            Math.max(0, id),
                            key(Disk.Family.META, key),
                            said(e));
                    remove(Disk.Family.META, key);
                }
                more = cursor.next();
            }
        }
    }

    /// A message with all that was found of it.
    private void message(
            long id,
            byte[] key,
            MessageRecord message,
            Map<byte[], CopyRecord> copies,
            boolean copiesLost,
            Set<Integer> queues)
            throws StoreException {
        if (id >= 0) {
            used(MessageIds.shard(id), MessageIds.counter(id) + 1, 0, 0);
        }
        if (message == null) {
            for (Map.Entry<byte[], CopyRecord> copy : copies.entrySet()) {
                findings.add(
                        Damage.Fate.LOST,
                        "copy",
                        id,
                        about(copy.getValue()),
                        "the record of its message is not there or cannot be read");
                remove(Disk.Family.META, copy.getKey());
            }
            return;
        }
        content(message.content());
        if (!copies.isEmpty()) {
            findings.found(id);
        }
        if (copies.isEmpty()) {
            if (copiesLost || gaps) {
                findings.add(
                        Damage.Fate.LOST, "message", id, about(message), "no record of its recipients can be read");
                remove(Disk.Family.META, key);
            }
            return;
        }
        rehome(message, copies, queues);
        body(message);
    }

    /// Copies in queues that are not there any more are categorized anew, in one copy: so their queue is made again.
    private void rehome(MessageRecord message, Map<byte[], CopyRecord> copies, Set<Integer> queues)
            throws StoreException {
        List<CopyRecord> homeless = new ArrayList<>();
        CopyRecord resting = null;
        for (Map.Entry<byte[], CopyRecord> entry : copies.entrySet()) {
            CopyRecord copy = entry.getValue();
            if (copy.queueId() == SUBMISSION_ID) {
                resting = copy;
            } else if (copy.queueId() >= MessageStore.FIRST_DYNAMIC_QUEUE && !queues.contains(copy.queueId())) {
                homeless.add(copy);
                used(MessageIds.shard(message.id()), 0, 0, copy.queueId());
                remove(Disk.Family.META, entry.getKey());
            }
        }
        if (homeless.isEmpty()) {
            return;
        }
        List<RecipientRecord> recipients = new ArrayList<>();
        if (resting != null) {
            recipients.addAll(resting.recipients());
        }
        homeless.forEach(copy -> recipients.addAll(copy.recipients()));
        CopyRecord first = homeless.getFirst();
        CopyRecord moved = new CopyRecord(
                message.id(),
                SUBMISSION_ID,
                first.enteredMillis(),
                homeless.stream().anyMatch(CopyRecord::suspended),
                first.delayTold(),
                0,
                0,
                recipients);
        put(Disk.Family.META, Keys.copy(message.id(), SUBMISSION_ID), octets(RecordFormat.write(writer, moved)));
        for (CopyRecord copy : homeless) {
            findings.add(
                    Damage.Fate.MOVED,
                    "copy",
                    message.id(),
                    about(copy) + "; now in Submission",
                    "its queue is not there any more");
        }
    }

    private void body(MessageRecord message) throws StoreException {
        ContentRef content = message.content();
        long bytes = 0;
        Set<Integer> missing = new TreeSet<>();
        for (int chunk = 0; chunk < content.chunks(); chunk++) {
            byte[] octets = fresh.get(Disk.Family.CONTENT, Keys.chunk(content.id(), chunk));
            if (octets == null) {
                missing.add(chunk);
            } else {
                bytes += octets.length;
            }
        }
        if (!missing.isEmpty() || bytes != content.bytes()) {
            findings.add(
                    Damage.Fate.BODY_LOST,
                    "message",
                    message.id(),
                    about(message),
                    missing.isEmpty()
                            ? "its octets are " + bytes + " where they should be " + content.bytes()
                            : "of its " + content.chunks() + " chunks these are missing: " + missing);
        }
    }

    private void items() throws StoreException {
        try (Disk.Cursor cursor = fresh.cursor(Disk.Family.MAILBOX, new byte[0], null)) {
            while (cursor.next()) {
                byte[] key = octets(cursor.key());
                try {
                    MailboxItem item = RecordFormat.item(ByteBuffer.wrap(key), cursor.value());
                    used(MessageIds.shard(item.id()), MessageIds.counter(item.id()) + 1, 0, 0);
                    content(item.content());
                    findings.found(item.id());
                } catch (StoreException | RuntimeException e) {
                    rethrowIfLater(e);
                    findings.add(Damage.Fate.LOST, "item", 0, key(Disk.Family.MAILBOX, key), said(e));
                    remove(Disk.Family.MAILBOX, key);
                }
            }
        }
    }

    private void safetyNet() throws StoreException {
        try (Disk.Cursor cursor = fresh.cursor(Disk.Family.SAFETYNET, new byte[0], null)) {
            while (cursor.next()) {
                byte[] key = octets(cursor.key());
                try {
                    if (key.length == Keys.NET_BYTES) {
                        NetItem item = RecordFormat.netItem(ByteBuffer.wrap(key), cursor.value());
                        long message = item.place().messageId();
                        used(MessageIds.shard(message), MessageIds.counter(message) + 1, 0, 0);
                        content(item.message().content());
                    } else {
                        RecordFormat.request(ByteBuffer.wrap(key), cursor.value());
                    }
                } catch (StoreException | RuntimeException e) {
                    rethrowIfLater(e);
                    findings.add(Damage.Fate.LOST, "safety net", 0, key(Disk.Family.SAFETYNET, key), said(e));
                    remove(Disk.Family.SAFETYNET, key);
                }
            }
        }
    }

    // ---- ids

    private void content(ContentRef content) {
        used(MessageIds.shard(content.id()), 0, content.id() + 1, 0);
    }

    /// @param message a free counter; @param content a free content id; @param queue an id in use
    private void used(int shard, long message, long content, int queue) {
        long[] marks = highest.computeIfAbsent(shard, _ -> new long[3]);
        marks[0] = Math.max(marks[0], message);
        marks[1] = Math.max(marks[1], content);
        marks[2] = Math.max(marks[2], queue + 1L);
    }

    /// Format and marks.
    private void house() throws StoreException {
        byte[] format = fresh.get(Disk.Family.HOUSE, Keys.format());
        if (format != null && format.length == 1 && format[0] > KeyedStore.FORMAT) {
            throw new StoreException("the damaged store has format " + format[0]
                    + ": repair it with the version of tarry that wrote it");
        }
        put(Disk.Family.HOUSE, Keys.format(), new byte[] {KeyedStore.FORMAT});
        Map<Integer, Marks> marks = new TreeMap<>();
        try (Disk.Cursor cursor = fresh.cursor(Disk.Family.HOUSE, new byte[] {'s'}, new byte[] {'t'})) {
            while (cursor.next()) {
                byte[] key = octets(cursor.key());
                if (key.length != 5) {
                    continue;
                }
                int shard = ByteBuffer.wrap(key, 1, 4).getInt();
                try {
                    marks.put(shard, RecordFormat.marks(shard, cursor.value()));
                } catch (StoreException e) {
                    rethrowIfLater(e);
                    findings.add(Damage.Fate.LOST, "marks", 0, "shard " + shard, said(e));
                    used(shard, 0, 0, 0);
                }
            }
        }
        highest.keySet().forEach(shard -> marks.putIfAbsent(shard, Marks.ofNewShard(shard)));
        for (Map.Entry<Integer, Marks> entry : marks.entrySet()) {
            Marks was = entry.getValue();
            long[] used = highest.getOrDefault(entry.getKey(), new long[3]);
            Marks leapt = new Marks(
                    was.epoch() + LEAP_EPOCHS,
                    Math.max(was.messages(), used[0]) + LEAP_IDS,
                    Math.max(was.contents(), used[1]) + LEAP_IDS,
                    (int) Math.max(was.queues(), used[2]) + LEAP_QUEUES);
            put(Disk.Family.HOUSE, Keys.shard(entry.getKey()), octets(RecordFormat.write(writer, leapt)));
        }
    }

    // ---- words

    /// A record of a later version of tarry's is no damage.
    private static void rethrowIfLater(Exception e) throws StoreException {
        if (e instanceof StoreException later && !later.damaged()) {
            throw later;
        }
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static String about(MessageRecord message) {
        return "from " + message.sender() + ", " + message.internetMessageId() + ", subject \"" + message.subject()
                + "\", received " + Instant.ofEpochMilli(message.receivedMillis());
    }

    private static String about(CopyRecord copy) {
        return "in queue " + copy.queueId() + " for "
                + copy.recipients().stream()
                        .map(r -> r.recipient().address().toString())
                        .limit(20)
                        .collect(Collectors.joining(", "))
                + (copy.recipients().size() > 20 ? " and " + (copy.recipients().size() - 20) + " more" : "");
    }

    private static String named(Disk.Family family, byte[] key, String otherwise) {
        return key.length == 0 ? otherwise : key(family, key);
    }

    /// What a key says.
    private static String key(Disk.Family family, byte[] key) {
        ByteBuffer of = ByteBuffer.wrap(key);
        boolean pair = key.length == Keys.COPY_BYTES;
        return switch (family) {
            case META ->
                pair
                        ? "message " + of.getLong() + " in queue " + of.getInt()
                        : key.length == Keys.ID_BYTES ? "message " + of.getLong() : hex(key);
            case CONTENT -> pair ? "chunk " + of.getInt(8) + " of content " + of.getLong(0) : hex(key);
            case QUEUE -> key.length == 8 ? "queue " + of.getInt(4) : hex(key);
            case MAILBOX -> {
                try {
                    yield "item " + of.getLong(key.length - Keys.ID_BYTES) + " of " + Keys.mailbox(of);
                } catch (StoreException | IndexOutOfBoundsException _) {
                    yield hex(key);
                }
            }
            case SAFETYNET ->
                key.length == Keys.NET_BYTES
                        ? "message " + of.getLong(13) + " delivered " + Instant.ofEpochMilli(of.getLong(5))
                        : key.length == Keys.REQUEST_BYTES ? "resubmit request " + of.getInt(5) : hex(key);
            case HOUSE -> hex(key);
        };
    }

    private static String hex(byte[] key) {
        return "key " + HexFormat.of().formatHex(key, 0, Math.min(key.length, 40));
    }

    private static byte[] octets(ByteBuffer of) {
        byte[] octets = new byte[of.remaining()];
        of.duplicate().get(octets);
        return octets;
    }
}
