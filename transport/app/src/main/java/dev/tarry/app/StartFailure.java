package dev.tarry.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// The server cannot start. The message is one sentence for people: what, where, what to do.
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// Says what of the file system was in the way, in words: the exceptions of java.nio.file often hold the path
    /// alone.
    ///
    /// @param what what was to be written, such as "the data directory /srv/tarry"
    static StartFailure unwritable(String what, IOException cause) {
        return new StartFailure(what + " cannot be written: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
            case NoSuchFileException missing ->
                missing.getFile() + " is in a folder that does not exist or takes no files";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
