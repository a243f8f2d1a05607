package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.utility.Inputs.INPUT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.ShellFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values: Export-Csv, Import-Csv, ConvertTo-Csv, ConvertFrom-Csv.
public final class CsvCmdlets {
    private static final Parameter DELIMITER = Parameter.of("Delimiter", TEXT);
    private static final String LISTS =
            "A list is its elements with blanks between them, where Windows writes the name" + " of a type.";

    private CsvCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Export-Csv", "epcsv")
                        .example(
                                "Get-Queue | Select-Object Identity, MessageCount, LastError | Export-Csv queues.csv -NoTypeInformation",
                                "Writes a table for a spreadsheet.")
                        .takes(
                                Parameter.of("Path", TEXT)
                                        .at(0)
                                        .alias("LiteralPath")
                                        .required(),
                                DELIMITER.at(1),
                                TextFile.ENCODING,
                                Parameter.of("NoTypeInformation", SWITCH).alias("NTI"),
                                Parameter.of("Append", SWITCH),
                                Parameter.of("NoClobber", SWITCH).alias("NoOverwrite"),
                                Parameter.of("Force", SWITCH),
                                Parameter.of("UseCulture", SWITCH),
                                INPUT)
                        .oneOf("Delimiter", "UseCulture")
                        .acts()
                        .refuses("Everything is quoted, as PowerShell 5.1 does.", "QuoteFields", "UseQuotes")
                        .summary("Converts objects into a series of comma-separated value (CSV) strings and saves the"
                                + " strings in a CSV file.")
                        .remark(LISTS)
                        .remark(TextFile.ENCODING_REMARK)
                        .does(Export::new),
                Cmdlet.named("ConvertTo-Csv")
                        .takes(
                                DELIMITER.at(1),
                                Parameter.of("NoTypeInformation", SWITCH).alias("NTI"),
                                Parameter.of("UseCulture", SWITCH),
                                INPUT)
                        .oneOf("Delimiter", "UseCulture")
                        .refuses("Everything is quoted, as PowerShell 5.1 does.", "QuoteFields", "UseQuotes")
                        .summary("Converts objects into a series of comma-separated value (CSV) strings.")
                        .remark(LISTS)
                        .does(ToCsv::new),
                Cmdlet.named("Import-Csv", "ipcsv")
                        .takes(
                                Parameter.of("Path", TEXTS)
                                        .at(0)
                                        .alias("LiteralPath", "PSPath")
                                        .required()
                                        .pipedWhole(),
                                DELIMITER.at(1),
                                Parameter.of("Header", TEXTS),
                                Parameter.of("UseCulture", SWITCH),
                                TextFile.ENCODING)
                        .oneOf("Delimiter", "UseCulture")
                        .summary("Creates table-like custom objects from the items in a comma-separated value (CSV)"
                                + " file.")
                        .simply(call -> call.texts("Path")
                                .forEach(path -> CsvForm.rows(
                                                CsvForm.records(TextFile.read(call, path), delimiter(call)),
                                                call.texts("Header"))
                                        .forEach(call::write))),
                Cmdlet.named("ConvertFrom-Csv")
                        .takes(
                                Parameter.of("InputObject", TEXTS)
                                        .at(0)
                                        .required()
                                        .pipedWhole(),
                                DELIMITER.at(1),
                                Parameter.of("Header", TEXTS),
                                Parameter.of("UseCulture", SWITCH))
                        .oneOf("Delimiter", "UseCulture")
                        .summary("Converts object properties in comma-separated value (CSV) format into CSV versions of"
                                + " the original objects.")
                        .does(FromCsv::new));
    }

    private static char delimiter(Call call) {
        String text = call.text("Delimiter").orElse(",");
        if (text.length() != 1 || text.charAt(0) == '"') {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "CannotConvertArgumentNoMessage",
                    "ParameterBindingException",
                    "Cannot bind parameter 'Delimiter'. It is one character, not \"" + text + "\".");
        }
        return text.charAt(0);
    }

    /// Objects to lines; the first decides on the columns.
    private abstract static class Lines implements Stage {
        private List<String> names;

        @Override
        public void process(Call call) {
            Object item = Inputs.unformatted(call);
            if (item == null) {
                return;
            }
            if (names == null) {
                names = columns(call, item);
                if (names == null) {
                    names = CsvForm.names(item);
                    if (!call.flag("NoTypeInformation")) {
                        line("#TYPE " + TypeNames.of(item));
                    }
                    line(CsvForm.header(names, delimiter(call)));
                }
            }
            line(CsvForm.line(item, names, delimiter(call)));
        }

        /// The columns that are there already, into which the object must fit; null where it decides.
        List<String> columns(Call call, Object first) {
            return null;
        }

        abstract void line(String line);
    }

    private static final class ToCsv extends Lines {
        private Call call;

        @Override
        public void begin(Call begun) {
            call = begun;
        }

        @Override
        void line(String line) {
            call.write(line);
        }
    }

    private static final class Export extends Lines {
        private String path = "";
        private BufferedWriter writer;
        private List<String> there = List.of();

        @Override
        public void begin(Call call) {
            path = call.text("Path").orElseThrow();
            delimiter(call);
            if (call.proceed(path)) {
                if (call.flag("Append") && Files.exists(TextFile.path(call, path))) {
                    there = header(call);
                }
                writer = TextFile.writer(call, path, call.flag("Append"), !call.flag("NoClobber"));
            }
        }

        private List<String> header(Call call) {
            List<List<String>> records = CsvForm.records(TextFile.read(call, path), delimiter(call));
            int at = !records.isEmpty() && records.getFirst().getFirst().startsWith("#TYPE") ? 1 : 0;
            return records.size() > at ? records.get(at) : List.of();
        }

        @Override
        List<String> columns(Call call, Object first) {
            if (there.isEmpty()) {
                return null;
            }
            List<String> own = CsvForm.names(first);
            for (String column : there) {
                if (!call.flag("Force") && own.stream().noneMatch(column::equalsIgnoreCase)) {
                    throw ShellFailure.of(
                            ShellFailure.Category.InvalidData,
                            "CannotAppendCsvWithMismatchedPropertyNames",
                            "InvalidOperationException",
                            "Cannot append CSV content to the following file: " + path + ". The appended object does"
                                    + " not have a property that corresponds to the following column: " + column
                                    + ". To continue with mismatched properties, add the -Force parameter, and then"
                                    + " retry the command.");
                }
            }
            return there;
        }

        @Override
        public void process(Call call) {
            if (writer != null) {
                super.process(call);
            }
        }

        @Override
        void line(String line) {
            try {
                writer.write(line);
                writer.newLine();
            } catch (IOException e) {
                throw TextFile.failure(e, path);
            }
        }

        @Override
        public void close() {
            if (writer != null) {
                TextFile.leave(writer);
            }
        }

        @Override
        public void end(Call call) {
            if (writer != null) {
                try {
                    writer.close();
                } catch (IOException e) {
                    throw TextFile.failure(e, path);
                }
            }
        }
    }

    private static final class FromCsv implements Stage {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void process(Call call) {
            lines.addAll(call.texts("InputObject"));
        }

        @Override
        public void end(Call call) {
            CsvForm.rows(CsvForm.records(String.join("\n", lines), delimiter(call)), call.texts("Header"))
                    .forEach(call::write);
        }
    }
}
