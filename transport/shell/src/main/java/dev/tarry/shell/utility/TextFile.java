package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files of text where the shell runs: in UTF-8 unless told otherwise, with the line ends of the machine.
final class TextFile {
    /// The largest file that is read.
    static final int MAX_BYTES = 256 * 1024 * 1024;

    static final Parameter ENCODING = Parameter.of("Encoding", TEXT)
            .oneOf("UTF8", "UTF8NoBOM", "UTF8BOM", "ASCII", "Unicode", "BigEndianUnicode", "UTF32", "Default", "OEM");

    static final String ENCODING_REMARK =
            "Files are UTF-8 without a byte order mark unless -Encoding says otherwise (-Encoding UTF8BOM writes one), with"
                    + " the line ends of the machine that the shell runs on.";

    private static final char MARK = '\ufeff';

    private TextFile() {}

    static Path path(Call call, String written) {
        return call.session().location().resolve(written);
    }

    /// @param append whether what is there stays
    /// @param clobber whether a file that is there may be replaced
    static BufferedWriter writer(Call call, String written, boolean append, boolean clobber) {
        Path path = path(call, written);
        String encoding = call.text("Encoding").orElse("");
        OpenOption[] options = append
                ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND}
                : clobber
                        ? new OpenOption[] {
                            StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
                        }
                        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            boolean marked = !append || !Files.exists(path) || Files.size(path) == 0;
            BufferedWriter writer =
                    new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(path, options), charset(encoding)));
            if (marked && encoding.matches("UTF8BOM|Unicode|BigEndianUnicode|UTF32")) {
                writer.write(MARK);
            }
            return writer;
        } catch (IOException e) {
            throw failure(e, written);
        }
    }

    /// A file's whole text, its encoding as its byte order mark says, else as asked for.
    static String read(Call call, String written) {
        Path path = path(call, written);
        try {
            if (Files.isDirectory(path)) {
                throw ShellFailure.of(
                                Category.PermissionDenied,
                                "GetContentReaderUnauthorizedAccessError",
                                "UnauthorizedAccessException",
                                "Access to the path '" + written + "' is denied: it is a folder.")
                        .withTarget(written);
            }
            // a device does not say how many it has
            byte[] bytes = Files.size(path) > MAX_BYTES ? null : octets(path);
            if (bytes == null || bytes.length > MAX_BYTES) {
                throw ShellFailure.of(
                                Category.LimitsExceeded,
                                "FileTooLarge",
                                "IOException",
                                "The file '" + written + "' is larger than the " + MAX_BYTES + " bytes that are read.")
                        .withTarget(written);
            }
            String text = new String(
                    bytes, marked(bytes, charset(call.text("Encoding").orElse(""))));
            return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        } catch (IOException e) {
            throw failure(e, written);
        }
    }

    /// One more than [#MAX_BYTES] where there are more.
    private static byte[] octets(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private static Charset marked(byte[] bytes, Charset otherwise) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return switch (first) {
            case 0xfffe -> StandardCharsets.UTF_16LE;
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xefbb -> StandardCharsets.UTF_8;
            default -> otherwise;
        };
    }

    static Charset charset(String encoding) {
        return switch (encoding) {
            case "ASCII" -> StandardCharsets.US_ASCII;
            case "Unicode" -> StandardCharsets.UTF_16LE;
            case "BigEndianUnicode" -> StandardCharsets.UTF_16BE;
            case "UTF32" -> StandardCharsets.UTF_32LE;
            default -> StandardCharsets.UTF_8;
        };
    }

    /// Closes what a pipeline that broke off has left open; there is somebody else's error to tell of.
    static void leave(BufferedWriter writer) {
        try {
            writer.close();
        } catch (IOException _) {
            // Closed already, or not to be saved.
        }
    }

    static ShellFailure denied(String written) {
        return ShellFailure.of(
                        Category.PermissionDenied,
                        "FileOpenFailure",
                        "UnauthorizedAccessException",
                        "Access to the path '" + written + "' is denied.")
                .withTarget(written);
    }

    static ShellFailure failure(IOException cause, String written) {
        return switch (cause) {
            case NoSuchFileException _ ->
                ShellFailure.of(
                                Category.ObjectNotFound,
                                "PathNotFound",
                                "ItemNotFoundException",
                                "Cannot find path '" + written + "' because it does not exist.")
                        .withTarget(written);
            case FileAlreadyExistsException _ ->
                ShellFailure.of(
                                Category.ResourceUnavailable,
                                "NoClobber",
                                "IOException",
                                "The file '" + written + "' already exists.")
                        .withTarget(written);
            case AccessDeniedException _ -> denied(written);
            default ->
                ShellFailure.of(
                                Category.ResourceUnavailable,
                                "FileOpenFailure",
                                "IOException",
                                "The file '" + written + "' cannot be used: " + cause.getMessage() + ".")
                        .withTarget(written);
        };
    }
}
