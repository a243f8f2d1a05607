package dev.tarry.pickup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One folder, and what the names of files in it mean (reference §9.4): `.eml` waits, `.try1.tmp` is in hand for the
/// first time, `.bad` can never be sent; whatever else lies there is not looked at, nor are `.tmp` files of others. A
/// file is deleted only when its message is durable, so that a kill in between sends it once more, and never loses it;
/// that its name counts how often it was tried tells a file that kills the process each time.
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
    private static final int MAX_TRIES = 99;
    private static final int MAX_STEM_OCTETS = 215;
    private static final Pattern OURS = Pattern.compile("(?<stem>.*)\\.try(?<tries>[1-9][0-9]?)\\.tmp", Pattern.DOTALL);
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

    /// What was in hand when a process ended.
    ///
    /// @param tries how often it was by then
    record LeftOver(Path file, int tries) {}

    /// Makes the folder if there is none.
    ///
    /// @return what was in hand, by name
    List<LeftOver> begin() throws IOException {
        Files.createDirectories(folder);
        List<LeftOver> left = new ArrayList<>();
        for (Path file : listed(IN_HAND)) {
            Matcher ours = OURS.matcher(file.getFileName().toString());
            if (ours.matches()) {
                left.add(new LeftOver(file, Integer.parseInt(ours.group("tries"))));
            }
        }
        return left;
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
    /// @param tries how often it has been then
    /// @return where it is now
    Path take(Path file, int tries, Instant now) throws IOException {
        return renamed(file, ".try" + Math.min(tries, MAX_TRIES) + IN_HAND, now);
    }

    /// Lets a file that is in hand wait again.
    ///
    /// @return where it is now
    Path putBack(Path inHand, Instant now) throws IOException {
        return renamed(inHand, WAITS, now);
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
        Matcher ours = OURS.matcher(name);
        String stem = fitting(ours.matches() ? ours.group("stem") : name.substring(0, name.lastIndexOf('.')));
        Path to = file.resolveSibling(stem + ending);
        for (int more = 0; Files.exists(to, LinkOption.NOFOLLOW_LINKS); more++) {
            to = file.resolveSibling(stem + STAMP.format(now) + (more == 0 ? "" : "-" + more) + ending);
        }
        return Files.move(file, to);
    }

    /// Cut to what leaves room for an ending: names of 255 octets are common limits of file systems.
    private static String fitting(String stem) {
        int end = stem.length();
        while (stem.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_STEM_OCTETS
                || (end < stem.length() && Character.isHighSurrogate(stem.charAt(end - 1)))) {
            end--;
        }
        return stem.substring(0, end);
    }
}
