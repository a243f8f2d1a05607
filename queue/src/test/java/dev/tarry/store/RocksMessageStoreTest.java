package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksMessageStoreTest implements MessageStoreContract, BadWeatherContract {
    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("data").resolve("store");
    }

    @Override
    public MessageStore open(StoreFaults faults) throws StoreException {
        return RocksMessageStore.open(folder(), faults);
    }

    @Override
    public Disk disk() throws StoreException {
        return RocksDisk.open(folder());
    }

    @Test
    void the_second_on_a_folder_is_told_who_has_it() throws Exception {
        try (MessageStore _ = open(StoreFaults.NONE)) {
            StoreException refused = assertThrows(StoreException.class, () -> open(StoreFaults.NONE));
            assertEquals(
                    "the data directory " + folder() + " is in use by another tarry (pid "
                            + ProcessHandle.current().pid() + ")",
                    refused.getMessage());
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws Exception {
        Files.writeString(temporary.resolve("data"), "a file is in the way");
        StoreException refused = assertThrows(StoreException.class, () -> open(StoreFaults.NONE));
        assertTrue(refused.getMessage().contains(folder().toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
    }

    @Test
    void after_a_restart_without_a_clean_end_ids_go_on_above_what_was_reserved() throws Exception {
        Path image = temporary.resolve("image");
        try (Tenant tenant = tenant()) {
            tenant.commit(new Write.PutMessage(Records.message(7)), new Write.PutQueue(Records.queue(9, 0)));
            tenant.commit(new Write.DropMessage(Records.messageId(7)), new Write.DropQueue(9));
            Folders.copy(folder(), image);
        }
        try (Tenant tenant = new Tenant(RocksMessageStore.open(image, StoreFaults.NONE))) {
            assertTrue(tenant.opened().nextMessage() > 7);
            assertEquals(10, tenant.opened().nextQueue());
        }
    }

    @Test
    void settled_mail_gives_its_space_back_without_being_rewritten() throws Exception {
        int mebibyte = 1 << 20;
        int messages = 3 * LiveContent.GENERATION_IDS;
        try (Tenant tenant = new Tenant(RocksMessageStore.open(folder(), StoreFaults.NONE, mebibyte))) {
            long peak = 0;
            for (int number = 1; number <= messages; number++) {
                tenant.commitUnsynced(
                        Records.chunk(number, 0, 8_000),
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 8_000))));
                if (number % 1024 == 0) {
                    peak = Math.max(peak, tenant.store.sizeBytes());
                }
            }
            for (int number = 1; number <= messages; number++) {
                tenant.commitUnsynced(
                        new Write.DropMessage(Records.messageId(number)),
                        new Write.DropContent(Records.content(number, 1, 8_000)));
            }
            tenant.commit();
            long settled = 0;
            for (Path file : Folders.files(folder(), ".sst")) {
                settled += file.toFile().length(); // none if it has just gone
            }
            assertTrue(peak > messages * 8_000L, "it was all on disk: " + peak);
            assertTrue(settled < messages * 8_000L / 4, "most of it went: " + settled);
        }
    }

    @Test
    void a_clean_end_leaves_no_log_that_takes_long_to_read_again() throws Exception {
        try (Tenant tenant = tenant()) {
            for (int number = 1; number <= 1_000; number++) {
                tenant.commitUnsynced(
                        Records.chunk(number, 0, 8_000),
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 8_000))));
            }
            tenant.commit();
            assertTrue(RocksDisk.logBytes(folder()) > 8_000_000, "it stands in the log");
        }
        assertTrue(RocksDisk.logBytes(folder()) < 1_000, RocksDisk.logBytes(folder()) + " bytes");
        try (Tenant tenant = tenant()) {
            assertEquals(1_000, tenant.messages.size());
            assertEquals(Records.octets(9, 0, 8_000), tenant.store.chunk(Records.content(9, 1, 8_000), 0));
        }
    }

    @Test
    void mail_that_a_restart_put_into_files_gives_its_space_back_as_well() throws Exception {
        int messages = LiveContent.GENERATION_IDS + 5;
        try (Tenant tenant = tenant()) {
            for (int number = 1; number <= messages; number++) {
                tenant.commitUnsynced(
                        Records.chunk(number, 0, 8_000),
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 8_000))));
            }
        }
        try (Tenant tenant = tenant()) {
            long peak = tenant.store.sizeBytes();
            for (int number = 1; number <= messages; number++) {
                tenant.commitUnsynced(
                        new Write.DropMessage(Records.messageId(number)),
                        new Write.DropContent(Records.content(number, 1, 8_000)));
            }
            tenant.commit();
            while (tenant.store.tidy()) {
                // until there is nothing left to do
            }
            assertTrue(peak > messages * 8_000L, "it was all on disk: " + peak);
            assertTrue(tenant.store.sizeBytes() < peak / 20, "it went: " + tenant.store.sizeBytes());
        }
    }

    @Test
    void readers_go_on_beside_commits_until_the_store_is_closed() throws Exception {
        int readers = 3;
        AtomicLong reads = new AtomicLong();
        Tenant tenant = tenant();
        tenant.commit(Records.chunk(1, 0, 10), new Write.PutMessage(Records.message(1)));
        List<Future<String>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
            for (int i = 0; i < readers; i++) {
                ends.add(threads.submit(() -> {
                    try {
                        while (true) {
                            assertEquals(Optional.of(Records.message(1)), tenant.store.message(Records.messageId(1)));
                            assertEquals(
                                    10,
                                    tenant.store
                                            .chunk(Records.content(1, 1, 10), 0)
                                            .remaining());
                            assertEquals(List.of(), tenant.store.mailboxes());
                            reads.incrementAndGet();
                        }
                    } catch (StoreException closed) {
                        return closed.getMessage();
                    }
                }));
            }
            for (int number = 2; reads.get() < 1_000; number++) {
                tenant.commit(Records.chunk(number, 0, 1_000), new Write.PutMessage(Records.message(number)));
            }
            tenant.close();
            for (Future<String> end : ends) {
                assertTrue(end.get().contains("is closed"));
            }
        }
    }

    @Test
    void a_damaged_block_is_an_error_that_names_the_file() throws Exception {
        try (Tenant tenant = tenant()) {
            for (int number = 1; number <= 200; number++) {
                tenant.commitUnsynced(
                        Records.chunk(number, 0, 5_000),
                        new Write.PutMessage(Records.message(number, Records.content(number, 1, 5_000))));
            }
        }
        try (Tenant tenant = tenant()) {
            assertEquals(200, tenant.messages.size()); // the log became files when this opened
        }
        damage(Folders.largest(folder(), ".sst"));
        StoreException damage = assertThrows(StoreException.class, () -> {
            try (Tenant tenant = tenant()) {
                tenant.shown();
            }
        });
        assertTrue(damage.getMessage().contains(".sst is damaged"), damage.getMessage());
        assertTrue(damage.damaged());
    }

    private static void damage(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[64]), channel.size() / 2);
        }
    }
}
