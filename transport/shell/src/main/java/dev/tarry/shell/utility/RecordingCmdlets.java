package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Transcripts;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Start-Transcript and Stop-Transcript: what is typed and printed goes to a file, too.
public final class RecordingCmdlets {
    private static final String STARS = "**********************";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NAME_LETTERS = 8;

    private RecordingCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Start-Transcript")
                        .takes(
                                Parameter.of("Path", TEXT).at(0).alias("LiteralPath", "PSPath"),
                                Parameter.of("OutputDirectory", TEXT),
                                Parameter.of("Append", SWITCH),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("NoClobber", SWITCH).alias("NoOverwrite"),
                                Parameter.of("IncludeInvocationHeader", SWITCH))
                        .oneOf("Path", "OutputDirectory")
                        .acts()
                        .summary("Creates a record of all or part of a session in a text file.")
                        .remark(
                                "Without -Path the file is $Transcript, or else lies in your home folder, on the machine that"
                                        + " the shell runs on. Moments are the server's.")
                        .remark(
                                "A line that may hold a secret is written as ********, and so is what such a line has in"
                                        + " quotes wherever its output repeats it.")
                        .example(
                                "Start-Transcript ~/dns-fix.txt -Append",
                                "Writes down what follows, behind what is there.")
                        .simply(RecordingCmdlets::start),
                Cmdlet.named("Stop-Transcript")
                        .summary("Stops a transcript.")
                        .remark("It stops the one that was started last; the end of the session stops all.")
                        .simply(RecordingCmdlets::stop));
    }

    private static void start(Call call) {
        Transcripts transcripts = call.session().transcripts();
        if (transcripts.count() >= Transcripts.MAX_OPEN) {
            throw failed(
                    Category.LimitsExceeded,
                    "TooManyTranscripts",
                    "Transcription cannot be started: " + Transcripts.MAX_OPEN + " transcripts are open already.");
        }
        ZonedDateTime now = call.now();
        Path file = file(call, now);
        if (!call.proceed(file.toString())) {
            return;
        }
        try {
            BufferedWriter writer = writer(call, file);
            try {
                transcripts.start(file, writer, call.flag("IncludeInvocationHeader"), header(call, now));
            } catch (IOException e) {
                TextFile.leave(writer);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw ShellFailure.of(
                            Category.ResourceExists,
                            "NoClobber",
                            "UnauthorizedAccessException",
                            "File " + file + " already exists and NoClobber was specified.")
                    .withTarget(file.toString())
                    .causedBy(e);
        } catch (IOException e) {
            throw TextFile.failure(e, file.toString());
        }
        call.write("Transcript started, output file is " + file);
    }

    private static BufferedWriter writer(Call call, Path file) throws IOException {
        boolean append = call.flag("Append");
        if (Files.isDirectory(file)) {
            throw failed(
                    Category.InvalidArgument,
                    "InvalidArgument",
                    "Transcription cannot be started: " + file + " is a folder; name a file, or use -OutputDirectory.");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            if (!call.flag("Force") || !file.toFile().setWritable(true)) {
                throw failed(
                        Category.PermissionDenied,
                        "CannotStartTranscription",
                        "Transcription cannot be started: the file " + file + " is read-only"
                                + (call.flag("Force") ? "." : "; -Force makes it writable."));
            }
        }
        Set<OpenOption> options = call.flag("NoClobber") && !append
                ? Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        return new BufferedWriter(
                Channels.newWriter(Files.newByteChannel(file, options, ownersAlone(file)), StandardCharsets.UTF_8));
    }

    /// What a new file of these begins with: nobody else is to read what a session showed.
    private static FileAttribute<?>[] ownersAlone(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Path file(Call call, ZonedDateTime now) {
        if (call.has("Path")) {
            return TextFile.path(call, call.text("Path").orElseThrow());
        }
        Path folder = call.session().location().home();
        if (call.has("OutputDirectory")) {
            folder = TextFile.path(call, call.text("OutputDirectory").orElseThrow());
        } else {
            String set = TextForm.of(call.session().variables().get("Transcript"));
            if (!set.isBlank()) {
                return TextFile.path(call, set);
            }
        }
        RandomGenerator chance = call.session().chance();
        String letters = chance.ints(NAME_LETTERS, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
        return folder.resolve(
                "PowerShell_transcript." + machine(call) + "." + letters + "." + STAMP.format(now) + ".txt");
    }

    private static String machine(Call call) {
        return call.io().environment().getOrDefault("COMPUTERNAME", "localhost");
    }

    private static List<String> header(Call call, ZonedDateTime now) {
        Map<String, String> environment = call.io().environment();
        String user = environment.getOrDefault(
                "USERNAME", environment.getOrDefault("USER", System.getProperty("user.name", "")));
        List<String> lines = new ArrayList<>(List.of(
                STARS,
                "Windows PowerShell transcript start",
                "Start time: " + STAMP.format(now),
                "Username: " + machine(call) + "\\" + user,
                "RunAs User: " + machine(call) + "\\" + user,
                "Machine: " + machine(call) + " (" + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + ")",
                "Host Application: tarry shell",
                "Process ID: " + ProcessHandle.current().pid()));
        lines.add("PSVersion: 5.1");
        lines.add("PSEdition: Desktop");
        lines.add(STARS);
        return lines;
    }

    /// The last lines of a transcript.
    ///
    /// @param now absent where nobody can say
    public static List<String> footer(Optional<ZonedDateTime> now) {
        List<String> lines = new ArrayList<>(List.of(STARS, "Windows PowerShell transcript end"));
        now.ifPresent(moment -> lines.add("End time: " + STAMP.format(moment)));
        lines.add(STARS);
        return lines;
    }

    /// What stands above a line that is typed, with -IncludeInvocationHeader.
    public static List<String> invocation(ZonedDateTime now) {
        return List.of(STARS, "Command start time: " + STAMP.format(now), STARS);
    }

    private static void stop(Call call) {
        Transcripts transcripts = call.session().transcripts();
        if (transcripts.count() == 0) {
            throw failed(
                    Category.InvalidOperation,
                    "InvalidOperation",
                    "An error occurred stopping transcription: The host is not currently transcribing.");
        }
        try {
            transcripts
                    .stop(footer(Optional.of(call.now())))
                    .ifPresent(file -> call.write("Transcript stopped, output file is " + file));
        } catch (IOException e) {
            throw TextFile.failure(e, "transcript");
        }
    }

    private static ShellFailure failed(Category category, String id, String message) {
        return ShellFailure.of(category, id, "PSInvalidOperationException", message);
    }
}
