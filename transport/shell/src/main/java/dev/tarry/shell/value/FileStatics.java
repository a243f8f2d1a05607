package dev.tarry.shell.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// `[System.IO.File]`: whole files, on the machine that the shell runs on. A path without a folder lies where the shell
/// was started, as .NET has it.
final class FileStatics {
    /// The largest file that is read.
    static final long MAX_BYTES = 256L * 1024 * 1024;

    private FileStatics() {}

    /// @throws ShellFailure where there is no such method here, or the file cannot be used
    static Object call(Arguments call) {
        try {
            return switch (call.is()) {
                case "exists/1" -> Files.isRegularFile(path(call));
                case "writeallbytes/2" -> {
                    Files.write(path(call), Octets.in(call.at(1)).orElseThrow(() -> call.wrong(1, "System.Byte[]")));
                    yield null;
                }
                case "writealltext/2" -> {
                    Files.writeString(path(call), call.text(1));
                    yield null;
                }
                case "readalltext/1" -> {
                    String text = new String(read(call), StandardCharsets.UTF_8);
                    yield text.startsWith("\ufeff") ? text.substring(1) : text;
                }
                case "readallbytes/1" -> Octets.of(read(call));
                default -> throw ShellFailure.outside("The static method [System.IO.File]::" + call.name() + "()");
            };
        } catch (NoSuchFileException _) {
            Path file = path(call).toAbsolutePath();
            boolean folder = file.getParent() == null || Files.isDirectory(file.getParent());
            throw folder
                    ? call.failed("FileNotFoundException", "Could not find file '" + file + "'.")
                    : call.failed("DirectoryNotFoundException", "Could not find a part of the path '" + file + "'.");
        } catch (AccessDeniedException _) {
            throw call.failed("UnauthorizedAccessException", denied(call));
        } catch (IOException e) {
            throw Files.isDirectory(path(call))
                    ? call.failed("UnauthorizedAccessException", denied(call))
                    : call.failed("IOException", "The file '" + call.text(0) + "' cannot be used: " + e.getMessage());
        }
    }

    private static byte[] read(Arguments call) throws IOException {
        Path file = path(call);
        if (Files.size(file) > MAX_BYTES) {
            throw call.failed(
                    "IOException",
                    "The file '" + call.text(0) + "' is larger than the " + MAX_BYTES + " bytes that are read.");
        }
        return Files.readAllBytes(file);
    }

    private static String denied(Arguments call) {
        return "Access to the path '" + path(call).toAbsolutePath() + "' is denied.";
    }

    private static Path path(Arguments call) {
        try {
            if (call.text(0).isBlank()) {
                throw call.failed("ArgumentException", "Empty path name is not legal.");
            }
            return Path.of(call.text(0));
        } catch (InvalidPathException e) {
            throw call.failed("ArgumentException", "'" + call.text(0) + "' is no path: " + e.getReason() + ".");
        }
    }
}
