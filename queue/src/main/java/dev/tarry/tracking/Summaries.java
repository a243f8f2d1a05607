package dev.tarry.tracking;

import dev.tarry.log.LogLines;
import dev.tarry.log.LogTime;
import dev.tarry.log.RollingLog;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The summaries of finished files: made while the file is written, kept beside it in the folder `index`, and in memory
/// up to [#MAX_BYTES]. They can be made anew at any time: one that is missing, damaged or of another file is, when a
/// search first wants it. Thread-safe.
final class Summaries implements RollingLog.Follower<TrackingEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

    /// What stays in memory.
    static final int MAX_BYTES = 64 * 1024 * 1024;

    /// A file smaller than this is read as quickly as its summary would be: none is written.
    static final int SMALL_FILE_BYTES = 256 * 1024;

    private static final String FOLDER = "index";
    private static final String SUFFIX = ".idx";

    /// the least recently wanted first; guarded by itself
    private final LinkedHashMap<Path, FileSummary> kept = new LinkedHashMap<>(16, 0.75f, true);

    private int keptBytes;

    /// of the file that is written now; with the log's lock
    private FileSummary.Draft draft = new FileSummary.Draft();

    @Override
    public void written(TrackingEvent event) {
        draft.add(event);
    }

    @Override
    public void finished(Path file, long bytes) {
        FileSummary summary = draft.made(bytes);
        draft = new FileSummary.Draft();
        keep(file, summary);
        save(file, summary);
    }

    @Override
    public void deleted(List<Path> files) {
        for (Path file : files) {
            synchronized (kept) {
                FileSummary gone = kept.remove(file);
                keptBytes -= gone == null ? 0 : gone.bytes();
            }
            try {
                Files.deleteIfExists(sidecar(file));
            } catch (IOException e) {
                LOG.warn("the index of {} could not be deleted", file.getFileName(), e);
            }
        }
    }

    private void keep(Path file, FileSummary summary) {
        synchronized (kept) {
            FileSummary before = kept.put(file, summary);
            keptBytes += summary.bytes() - (before == null ? 0 : before.bytes());
            while (keptBytes > MAX_BYTES && kept.size() > 1) {
                Map.Entry<Path, FileSummary> least = kept.firstEntry();
                kept.remove(least.getKey());
                keptBytes -= least.getValue().bytes();
            }
        }
    }

    /// Throws away what belongs to files that are gone: somebody may have cleared up by hand.
    void sweep(Path folder) {
        try (DirectoryStream<Path> sidecars =
                Files.newDirectoryStream(folder.resolve(FOLDER), "MSGTRK*.LOG" + SUFFIX)) {
            for (Path sidecar : sidecars) {
                String name = sidecar.getFileName().toString();
                if (Files.notExists(folder.resolve(name.substring(0, name.length() - SUFFIX.length())))) {
                    Files.deleteIfExists(sidecar);
                }
            }
        } catch (NoSuchFileException _) {
            // there is none
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the indexes in {} could not be cleared up", folder, e);
        }
    }

    private static Path sidecar(Path file) {
        return file.resolveSibling(FOLDER).resolve(file.getFileName() + SUFFIX);
    }

    /// Written aside first: nobody finds half of one. It is never missed: a failure costs time, later.
    private static void save(Path file, FileSummary summary) {
        if (summary.fileBytes() < SMALL_FILE_BYTES) {
            return;
        }
        Path to = sidecar(file);
        try {
            Files.createDirectories(to.getParent());
            Path aside = to.resolveSibling(to.getFileName() + ".new");
            Files.write(aside, summary.octets());
            Files.move(aside, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the index of {} could not be written; it is made anew when it is wanted", file.getFileName(), e);
        }
    }

    /// The summary of a file that is finished. Blocking.
    ///
    /// @return empty if the file is gone
    /// @throws IOException if it has to be read, and cannot be
    Optional<FileSummary> of(RollingLog.Part file) throws IOException {
        synchronized (kept) {
            FileSummary known = kept.get(file.path());
            if (known != null && known.fileBytes() == file.bytes()) {
                return Optional.of(known);
            }
        }
        Optional<FileSummary> saved = saved(file);
        if (saved.isPresent()) {
            keep(file.path(), saved.get());
            return saved;
        }
        FileSummary.Draft anew = new FileSummary.Draft();
        try {
            LogLines.read(file.path(), file.bytes(), false, (octets, from, to) -> {
                if (LogTime.millis(octets, from, to) != LogTime.NONE) {
                    EventLine.parse(octets, from, to).ifPresent(anew::add);
                }
                return true;
            });
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        FileSummary made = anew.made(file.bytes());
        keep(file.path(), made);
        save(file.path(), made);
        return Optional.of(made);
    }

    private static Optional<FileSummary> saved(RollingLog.Part file) {
        if (file.bytes() < SMALL_FILE_BYTES) {
            return Optional.empty();
        }
        try {
            return FileSummary.of(Files.readAllBytes(sidecar(file.path())))
                    .filter(summary -> summary.fileBytes() == file.bytes());
        } catch (IOException _) {
            return Optional.empty(); // not there, or not readable: it can be made anew
        }
    }
}
