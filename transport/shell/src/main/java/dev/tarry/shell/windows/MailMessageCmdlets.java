package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Send-MailMessage (reference §12.3): the message is made here, and handed in from the server's machine, so that
/// `localhost` is the server itself.
public final class MailMessageCmdlets {
    /// Attachments of one message together; the API's bodies are bounded, and Base64 takes a third more, twice.
    static final int MAX_ATTACHED_BYTES = 15 * 1024 * 1024;

    private static final String COMMAND = ",Microsoft.PowerShell.Commands.SendMailMessage";

    private MailMessageCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(Cmdlet.named("Send-MailMessage")
                .example(
                        "Send-MailMessage -From me@company.com -To you@fabrikam.com -Subject Test -Body Hello -SmtpServer localhost",
                        "Hands a message to the server.")
                .summary("Sends an e-mail message from the server's machine over SMTP.")
                .remark(
                        "The SMTP conversation begins on the server's machine: localhost and the machine's own names are"
                                + " tarry's receive connectors, port 25 the one that stands for it wherever it is bound; other hosts"
                                + " are the lab's, or what the egress list allows.")
                .remark(
                        "Text that is not ASCII is sent as UTF-8 unless -Encoding says otherwise; Windows PowerShell would"
                                + " send question marks.")
                .remark("Where the server refuses the log-in the message is not sent; Windows would go on without.")
                .takes(
                        Parameter.of("To", TEXTS).at(0).required().pipedBy(),
                        Parameter.of("Subject", TEXT)
                                .at(1)
                                .alias("sub")
                                .required()
                                .pipedBy("sub"),
                        Parameter.of("Body", TEXT).at(2).pipedBy(),
                        Parameter.of("SmtpServer", TEXT)
                                .at(3)
                                .alias("ComputerName")
                                .pipedBy("ComputerName"),
                        Parameter.of("From", TEXT).required().pipedBy(),
                        Parameter.of("Cc", TEXTS).pipedBy(),
                        Parameter.of("Bcc", TEXTS).pipedBy(),
                        Parameter.of("ReplyTo", TEXTS).pipedBy(),
                        Parameter.of("Attachments", TEXTS).alias("PsPath").pipedBy("PsPath", "FullName"),
                        Parameter.of("BodyAsHtml", SWITCH).alias("BAH"),
                        Parameter.of("Encoding", TEXT).alias("BE"),
                        Parameter.of("Priority", TEXT).oneOf("Normal", "High", "Low"),
                        Parameter.of("DeliveryNotificationOption", TEXTS)
                                .alias("DNO")
                                .oneOf("None", "OnSuccess", "OnFailure", "Delay", "Never"),
                        Parameter.of("Credential", ANY).pipedBy(),
                        Parameter.of("UseSsl", SWITCH),
                        Parameter.of("Port", WHOLE).pipedBy())
                .simply(MailMessageCmdlets::send));
    }

    private static void send(Call call) {
        String server = call.text("SmtpServer")
                .or(() -> Optional.ofNullable(call.session().variables().get("PSEmailServer"))
                        .map(TextForm::of))
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> ShellFailure.of(
                        Category.InvalidArgument,
                        "HostNotSpecified" + COMMAND,
                        "InvalidOperationException",
                        "The email cannot be sent because no SMTP server was specified. You must specify an SMTP server by"
                                + " using either the SmtpServer parameter or the $PSEmailServer variable."));
        Letter letter = new Letter(
                call.text("From").orElseThrow(),
                call.texts("To"),
                call.texts("Cc"),
                call.texts("Bcc"),
                call.texts("ReplyTo"),
                call.text("Subject").orElseThrow(),
                call.text("Body").orElse(""),
                call.flag("BodyAsHtml"),
                call.text("Priority").orElse("Normal"),
                call.text("Encoding").flatMap(MailMessageCmdlets::charset),
                attachments(call),
                call.now().toInstant());
        Map<String, Object> errand = new LinkedHashMap<>();
        errand.put("server", server);
        call.whole("Port").filter(port -> port != 0).ifPresent(port -> errand.put("port", port));
        errand.put("from", letter.sender());
        errand.put("recipients", letter.recipients());
        errand.put("content", Base64.getEncoder().encodeToString(letter.octets()));
        errand.put("useSsl", call.flag("UseSsl"));
        credential(call, errand);
        errand.put("notify", notices(call));
        Map<String, Object> came = call.client().computer().hand(errand);
        if (came.get("Notes") instanceof List<?> notes) {
            notes.forEach(note -> call.warn(sentence(String.valueOf(note))));
        }
        tell(call, server, came);
    }

    private static String sentence(String note) {
        return note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1) + ".";
    }

    /// .NET's names for encodings.
    private static Optional<String> charset(String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "ascii" -> Optional.empty();
            case "utf8", "utf-8", "utf8nobom", "utf8bom", "system.text.utf8encoding" -> Optional.of("utf-8");
            case "unicode", "utf-16" -> Optional.of("utf-16");
            case "bigendianunicode" -> Optional.of("utf-16be");
            case "utf32" -> Optional.of("utf-32");
            case "default", "oem", "ansi" -> Optional.of("windows-1252");
            default ->
                throw ShellFailure.of(
                                Category.InvalidArgument,
                                "ParameterArgumentTransformationError" + COMMAND,
                                "ParameterBindingArgumentTransformationException",
                                "'" + encoding
                                        + "' is not a supported encoding name: ASCII, UTF8, Unicode, BigEndianUnicode,"
                                        + " UTF32, Default.")
                        .withTarget(encoding);
        };
    }

    private static List<String> notices(Call call) {
        List<String> words = new ArrayList<>();
        for (String option : call.texts("DeliveryNotificationOption")) {
            switch (option) {
                case "OnSuccess" -> words.add("SUCCESS");
                case "OnFailure" -> words.add("FAILURE");
                case "Delay" -> words.add("DELAY");
                case "Never" -> words.add("NEVER");
                default -> {}
            }
        }
        return words;
    }

    private static void credential(Call call, Map<String, Object> errand) {
        Object given = call.value("Credential");
        if (given == null) {
            return;
        }
        if (!(given instanceof Row row)
                || !row.type().equals(SecureText.CREDENTIAL_TYPE)
                || !(row.get("Password") instanceof SecureText password)) {
            throw ShellFailure.cannotConvert(
                    given, SecureText.CREDENTIAL_TYPE, "A credential is made by New-Object or Get-Credential.");
        }
        errand.put("user", TextForm.of(row.get("UserName")));
        errand.put("password", password.revealed());
    }

    private static List<Letter.Attachment> attachments(Call call) {
        List<Letter.Attachment> attachments = new ArrayList<>();
        int bytes = 0;
        for (String name : call.texts("Attachments")) {
            try {
                Path path = call.session().location().resolve(name);
                byte[] octets = octets(path, MAX_ATTACHED_BYTES - bytes);
                if (octets.length > MAX_ATTACHED_BYTES - bytes) {
                    throw ShellFailure.of(
                                    Category.LimitsExceeded,
                                    "AttachmentsTooLarge" + COMMAND,
                                    "SmtpException",
                                    "The attachments are larger than " + MAX_ATTACHED_BYTES / 1024 / 1024
                                            + " MB together, which is the most that is sent from here.")
                            .withTarget(name);
                }
                bytes += octets.length;
                attachments.add(new Letter.Attachment(path.getFileName().toString(), octets));
            } catch (IOException _) {
                throw ShellFailure.of(
                                Category.ObjectNotFound,
                                "FileNotFoundException" + COMMAND,
                                "FileNotFoundException",
                                "Could not find file '" + name + "'.")
                        .withTarget(name);
            }
        }
        return attachments;
    }

    /// A file whose size nobody knows before its end, such as a device, is read no further than is wanted.
    ///
    /// @return one more than `most` where there are more
    private static byte[] octets(Path path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most + 1);
        }
    }

    /// In .NET's words.
    private static void tell(Call call, String server, Map<String, Object> came) {
        List<?> refused = came.get("Refused") instanceof List<?> list ? list : List.of();
        String detail = String.valueOf(came.get("Detail"));
        switch (String.valueOf(came.get("Outcome"))) {
            case "Taken" -> {
                if (!refused.isEmpty()) {
                    call.report(ofRecipients(refused, false));
                }
            }
            case "NobodyTaken" -> call.report(ofRecipients(refused, true));
            case "Refused" -> call.report(smtp(SmtpWords.of(String.valueOf(came.get("Reply")))));
            case "NoAddress" ->
                call.report(smtp("The remote name could not be resolved: '" + server + "'", "WebException"));
            case "NoConnection" -> call.report(smtp("Unable to connect to the remote server", "WebException"));
            case "NotAllowed" -> call.report(smtp("Unable to connect to the remote server: " + detail, "WebException"));
            case "NoTls" -> call.report(smtp("Server does not support secure connections."));
            case "TlsFailed" ->
                call.report(smtp(
                        "The remote certificate is invalid according to the validation procedure. (" + detail + ")",
                        "AuthenticationException"));
            case "TimedOut" -> call.report(smtp("The operation has timed out."));
            default ->
                call.report(smtp(
                        "Unable to read data from the transport connection: net_io_connectionclosed. (" + detail + ")",
                        "IOException"));
        }
    }

    private static ShellFailure ofRecipients(List<?> refused, boolean all) {
        if (refused.size() == 1) {
            Map<?, ?> one = (Map<?, ?>) refused.getFirst();
            return smtp(SmtpWords.of(String.valueOf(one.get("Reply"))), "SmtpFailedRecipientException");
        }
        List<String> each = new ArrayList<>();
        refused.forEach(one -> each.add(((Map<?, ?>) one).get("Recipient") + ": "
                + SmtpWords.of(String.valueOf(((Map<?, ?>) one).get("Reply")))));
        return smtp(
                (all ? "Unable to send to all recipients. " : "Unable to send to some recipients. ")
                        + String.join(" ", each),
                "SmtpFailedRecipientsException");
    }

    private static ShellFailure smtp(String words) {
        return smtp(words, "SmtpException");
    }

    private static ShellFailure smtp(String words, String exception) {
        return ShellFailure.of(Category.InvalidOperation, exception + COMMAND, exception, words)
                .withTarget("System.Net.Mail.SmtpClient");
    }
}
