package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// `Export-Message … | AssembleMessage -Path file.eml`: a suspended message as a file that mail tools open
/// and a Replay directory takes in (reference §2.4, §9.4). The file is written here and not by the server;
/// never over another one.
final class ExportCmdlets {
    /// How many octets are shown of a whole message.
    private static final int SHOWN = 4;

    private ExportCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Export-Message")
                        .example(
                                "Export-Message MAIL\\4\\12 | AssembleMessage -Path message.eml",
                                "Writes a suspended message to a file.")
                        .takes(Parameter.of("Identity", TEXT).at(0).required().pipedBy())
                        .acts()
                        .summary("Puts out a suspended message as it stands in its queue, for AssembleMessage.")
                        .simply(ExportCmdlets::export),
                Cmdlet.named("AssembleMessage")
                        .takes(
                                Parameter.of("Path", TEXT).at(0).required(),
                                Parameter.of("InputObject", ANY).pipedWhole())
                        .acts()
                        .summary("Writes a message that Export-Message put out to a file.")
                        .simply(ExportCmdlets::assemble));
    }

    /// @param octets not changed any more
    private record Octets(byte[] octets) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < Math.min(SHOWN, octets.length); i++) {
                text.append(i == 0 ? "" : ", ").append(octets[i] & 0xff);
            }
            return text.append(octets.length > SHOWN ? "...}" : "}").toString();
        }
    }

    private static void export(Call call) {
        String identity = call.text("Identity").orElseThrow();
        if (call.proceed(identity)) {
            Octets data = new Octets(call.client().verbs().export(identity));
            call.write(new Row("BinaryFileDataObject")
                    .with("Identity", identity)
                    .with("Length", (long) data.octets().length)
                    .withOnDemand("FileData", () -> data));
        }
    }

    private static void assemble(Call call) {
        if (!(call.input() instanceof Row row && row.get("FileData") instanceof Octets(byte[] octets))) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "NoMessage",
                    "ParameterBindingException",
                    "AssembleMessage takes what Export-Message puts out: Export-Message ... | AssembleMessage -Path ...");
        }
        Path file = file(call, row);
        if (!call.proceed(file.toString())) {
            return;
        }
        try {
            Files.write(file, octets, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException _) {
            throw cannot("The file '" + file + "' already exists.", "FileExists", file);
        } catch (NoSuchFileException _) {
            throw cannot("Could not find a part of the path '" + file + "'.", "PathNotFound", file);
        } catch (IOException e) {
            throw cannot("The file '" + file + "' cannot be written: " + e.getMessage(), "FileWriteError", file);
        }
    }

    /// In a folder it gets the name of the message's integer: nothing that came from outside names a file.
    private static Path file(Call call, Row message) {
        Path given = call.session().location().resolve(call.text("Path").orElseThrow());
        String identity = String.valueOf(message.get("Identity"));
        String integer = identity.substring(identity.lastIndexOf('\\') + 1);
        return Files.isDirectory(given) && integer.matches("[0-9]{1,19}") ? given.resolve(integer + ".eml") : given;
    }

    private static ShellFailure cannot(String message, String id, Path file) {
        return ShellFailure.of(ShellFailure.Category.ResourceUnavailable, id, "IOException", message)
                .withTarget(file.toString());
    }
}
