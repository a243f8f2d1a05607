package dev.tarry.shell.planted;

import dev.tarry.mail.EmailAddress;
import org.rocksdb.RocksDB;

public record LooksAtTheQueue(EmailAddress address, RocksDB store) {}
