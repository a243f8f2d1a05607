package dev.tarry.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the store costs, as ratios taken in one run: accepting against a bare file that is synced as often,
/// bytes written for each byte of mail, opening. Not a test: `java … dev.tarry.store.StoreBench FOLDER
/// [MESSAGES]`.
final class StoreBench {
    private static final int BODY_BYTES = 10 * 1024;
    private static final int PER_SYNC = 64;
    private static final int RECORDS_TO_OPEN = 1_000_000;

    private final Path folder;
    private final int messages;
    private final PrintStream out = System.out;

    private StoreBench(Path folder, int messages) {
        this.folder = folder;
        this.messages = messages;
    }

    public static void main(String... args) throws Exception {
        if (args.length > 2) {
            StoreBench opening = new StoreBench(Path.of(args[0]), 0);
            opening.openEmpty();
            opening.open(Integer.parseInt(args[2]));
            return;
        }
        StoreBench bench = new StoreBench(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 100_000);
        bench.openEmpty();
        bench.accept();
        bench.acceptAndSettle();
        bench.open(50_000);
        bench.open(RECORDS_TO_OPEN);
    }

    private void openEmpty() throws Exception {
        long start = System.nanoTime();
        NativeLibrary.load(folder.resolve("first"));
        out.printf("load the native code: %.3f s%n", seconds(start));
        start = System.nanoTime();
        RocksMessageStore.open(folder.resolve("first"), StoreFaults.NONE).close();
        out.printf("open and close, empty: %.3f s%n", seconds(start));
        start = System.nanoTime();
        Tenant tenant = new Tenant(RocksMessageStore.open(folder.resolve("first"), StoreFaults.NONE));
        out.printf("open, empty, again: %.3f s%n", seconds(start));
        tenant.close();
    }

    private void accept() throws Exception {
        double bare = syncLoop();
        try (Tenant tenant = new Tenant(RocksMessageStore.open(folder.resolve("accept"), StoreFaults.NONE))) {
            long start = System.nanoTime();
            for (int number = 1; number <= messages; number += PER_SYNC) {
                tenant.store.commit(accepted(tenant, number));
            }
            double seconds = seconds(start);
            out.printf(
                    "accept %d x %d bytes, %d a sync: %.0f/s; bare file + fdatasync %.0f/s; ratio %.2f%n",
                    messages, BODY_BYTES, PER_SYNC, messages / seconds, messages / bare, bare / seconds);
            start = System.nanoTime();
            ByteBuffer into = ByteBuffer.allocateDirect(BODY_BYTES);
            int reads = 10_000;
            for (int i = 0; i < reads; i++) {
                int number = 1 + i * 7 % messages;
                tenant.store.chunk(Records.content(number, 1, BODY_BYTES), 0, into.clear());
            }
            out.printf("read a body: %.1f µs%n", seconds(start) * 1e6 / reads);
        }
        long start = System.nanoTime();
        Tenant again = new Tenant(RocksMessageStore.open(folder.resolve("accept"), StoreFaults.NONE));
        out.printf("open with %d messages and a full log: %.2f s%n", again.messages.size(), seconds(start));
        again.close();
    }

    private List<Batch> accepted(Tenant tenant, int first) {
        List<Batch> batches = new ArrayList<>(PER_SYNC);
        for (int number = first; number < first + PER_SYNC; number++) {
            ContentRef content = Records.content(number, 1, BODY_BYTES);
            batches.add(tenant.durable(
                    new Write.Chunk(content.id(), 0, body),
                    new Write.PutMessage(Records.message(number, content)),
                    new Write.PutCopy(Records.copy(number, 4 + number % 200, 1))));
        }
        return batches;
    }

    private final ByteBuffer body = Records.octets(1, 0, BODY_BYTES);

    private double syncLoop() throws IOException {
        ByteBuffer group = ByteBuffer.allocateDirect(PER_SYNC * BODY_BYTES);
        long start = System.nanoTime();
        try (FileChannel file = FileChannel.open(
                folder.resolve("bare"),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            for (int number = 0; number < messages; number += PER_SYNC) {
                group.clear();
                while (group.hasRemaining()) {
                    file.write(group);
                }
                file.force(false);
            }
        }
        double seconds = seconds(start);
        Files.delete(folder.resolve("bare"));
        return seconds;
    }

    private void acceptAndSettle() throws Exception {
        for (double share : new double[] {0.5, 1}) {
            long before = writtenBytes();
            long start = System.nanoTime();
            Path place = folder.resolve("settle" + share);
            int settled = 0;
            long peak = 0;
            try (Tenant tenant = new Tenant(RocksMessageStore.open(place, StoreFaults.NONE))) {
                for (int number = 1; number <= messages; number += PER_SYNC) {
                    List<Batch> batches = accepted(tenant, number);
                    for (int due = (int) ((number - 1_000) * share); settled < due; ) {
                        settled++;
                        int gone = settled;
                        batches.add(tenant.durable(
                                new Write.DropCopy(Records.messageId(gone), 4 + gone % 200),
                                new Write.DropMessage(Records.messageId(gone)),
                                new Write.DropContent(Records.content(gone, 1, BODY_BYTES))));
                    }
                    tenant.store.commit(batches);
                    if (number / PER_SYNC % 200 == 0) {
                        peak = Math.max(peak, tenant.store.sizeBytes());
                    }
                }
                out.printf(
                        "accept and settle %.1f as many: %.0f/s, peak %d MB, at the end %d MB for %d MB alive%n",
                        share,
                        messages / seconds(start),
                        peak >> 20,
                        tenant.store.sizeBytes() >> 20,
                        (long) (messages - settled) * BODY_BYTES >> 20);
            }
            long bytes = writtenBytes() - before;
            out.printf("  bytes written a byte of mail: %.2f%n", bytes / ((double) messages * BODY_BYTES));
        }
    }

    private void open(int records) throws Exception {
        Path place = folder.resolve("open" + records);
        long content = Records.contentId(1);
        try (Tenant tenant = new Tenant(RocksMessageStore.open(place, StoreFaults.NONE))) {
            for (int number = 1; number <= records; number += 1_000) {
                List<Write> writes = new ArrayList<>();
                for (int n = number; n < number + 1_000; n++) {
                    writes.add(new Write.PutMessage(Records.message(n, new ContentRef(content + n, 1, BODY_BYTES))));
                    writes.add(new Write.PutCopy(Records.copy(n, 4 + n % 1_000, 1)));
                }
                tenant.commitUnsynced(writes.toArray(Write[]::new));
            }
        }
        for (String time : List.of("first time, log replayed", "second time")) {
            long[] seen = {0};
            long start = System.nanoTime();
            MessageStore store = RocksMessageStore.open(place, StoreFaults.NONE);
            double database = seconds(start);
            store.open(Records.SHARD, new MessageStore.Loader() {
                @Override
                public void queue(QueueRecord queue) {}

                @Override
                public void message(MessageRecord message, List<CopyRecord> copies) {
                    seen[0]++;
                }

                @Override
                public void item(MailboxItem item) {}
            });
            out.printf(
                    "open %d messages, %s: %.2f s, of them the database %.2f s%n",
                    seen[0], time, seconds(start), database);
            store.close();
        }
    }

    /// What this process had the kernel write, where the kernel says so; else 0.
    private static long writtenBytes() throws IOException {
        Path io = Path.of("/proc/self/io");
        if (!Files.isReadable(io)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(io)) {
            Optional<String> line =
                    lines.filter(text -> text.startsWith("write_bytes: ")).findFirst();
            return line.map(text -> Long.parseLong(text.substring("write_bytes: ".length())))
                    .orElse(0L);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
