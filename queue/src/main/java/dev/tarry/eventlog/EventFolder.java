package dev.tarry.eventlog;

import dev.tarry.log.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log's files, `EVENT00000001.LOG` and so on: listed, mended, read, thrown away. Other files in the folder
/// are left alone. Blocking.
record EventFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(EventFolder.class);

    private static final Pattern NAME = Pattern.compile("EVENT(\\d{8})\\.LOG");

    /// By number, oldest first.
    TreeMap<Integer, Path> files() throws IOException {
        TreeMap<Integer, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "EVENT*.LOG")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    files.put(Integer.parseInt(name.group(1)), entry);
                }
            }
        }
        return files;
    }

    Path file(int number) {
        return path.resolve(String.format(Locale.ROOT, "EVENT%08d.LOG", number));
    }

    /// Cuts off a last line that a kill has torn.
    void cutTornLine(Path file) throws IOException {
        long torn = LogFile.cutTornLine(file);
        if (torn > 0) {
            LOG.warn("{}: {} bytes of a torn line are cut off", file.getFileName(), torn);
        }
    }

    /// A file's records, oldest first; lines that are none are left out.
    static List<EventRecord> read(Path file) throws IOException {
        List<EventRecord> records = new ArrayList<>();
        try {
            // whatever octets a damaged disk gives: a line of them is no record
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> EventFormat.parse(line).ifPresent(records::add));
        } catch (NoSuchFileException _) {
            // thrown away since it was listed
        }
        return records;
    }

    /// Leaves the youngest so many.
    void keep(int most) throws IOException {
        TreeMap<Integer, Path> files = files();
        while (files.size() > most) {
            Files.deleteIfExists(files.pollFirstEntry().getValue());
        }
    }
}
