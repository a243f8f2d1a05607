package dev.tarry.pickup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One folder, and what the names of files in it mean (reference §9.4): `.eml` waits, `.tmp` is in hand, `.bad` can
/// never
/// be sent; whatever else lies there is not looked at. A file is deleted only when its message is durable, so that a
/// kill
/// in between sends it once more, and never loses it.
///
/// Links are never followed. Blocking; on the loop of the directories.
final class DropFolder {
    /// Names that one look takes note of; the others wait for the next.
    static final int MAX_LISTED = 10_000;

    /// For how long a file must not have changed, unless it has not since the last look: whoever writes it under its
    /// name may not be done.
    static final Duration QUIET = Duration.ofSeconds(2);

    private static final String WAITS = ".eml";
    private static final String IN_HAND = ".tmp";
    private static final String BAD = ".bad";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private record Seen(long bytes, FileTime changed) {}

    private final Path folder;
    private Map<String, Seen> unsettled = new HashMap<>();

    DropFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /// Makes the folder, and puts back what was in hand when the server ended.
    ///
    /// @return how many were put back
    int begin(Instant now) throws IOException {
        Files.createDirectories(folder);
        List<Path> left = listed(IN_HAND);
        for (Path file : left) {
            putBack(file, now);
        }
        return left.size();
    }

    /// The files that wait and are not being written any more, by name.
    ///
    /// @param now real time, as the times of files are
    List<Path> ready(Instant now) throws IOException {
        List<Path> ready = new ArrayList<>();
        Map<String, Seen> changing = new HashMap<>();
        for (Path file : listed(WAITS)) {
            BasicFileAttributes found;
            try {
                found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException _) {
                continue; // somebody took it away
            }
            String name = file.getFileName().toString();
            Seen seen = new Seen(found.size(), found.lastModifiedTime());
            if (found.isDirectory()) {
                continue;
            }
            if (!found.lastModifiedTime().toInstant().isAfter(now.minus(QUIET)) || seen.equals(unsettled.get(name))) {
                ready.add(file);
            } else {
                changing.put(name, seen);
            }
        }
        unsettled = changing;
        return ready;
    }

    private List<Path> listed(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(
                folder,
                file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending))) {
            for (Path file : names) {
                found.add(file);
                if (found.size() == MAX_LISTED) {
                    break;
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }

    /// Takes a file in hand.
    ///
    /// @return where it is now
    Path take(Path file, Instant now) throws IOException {
        return renamed(file, IN_HAND, now);
    }

    /// Lets a file that is in hand wait again.
    void putBack(Path inHand, Instant now) throws IOException {
        renamed(inHand, WAITS, now);
    }

    /// Sets a file aside that can never be sent.
    ///
    /// @return where it is now
    Path setAside(Path inHand, Instant now) throws IOException {
        return renamed(inHand, BAD, now);
    }

    /// A file's message is durable.
    void done(Path inHand) throws IOException {
        Files.deleteIfExists(inHand);
    }

    /// Never onto another file.
    private static Path renamed(Path file, String ending, Instant now) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        Path to = file.resolveSibling(stem + ending);
        for (int more = 0; Files.exists(to, LinkOption.NOFOLLOW_LINKS); more++) {
            to = file.resolveSibling(stem + STAMP.format(now) + (more == 0 ? "" : "-" + more) + ending);
        }
        return Files.move(file, to);
    }
}
