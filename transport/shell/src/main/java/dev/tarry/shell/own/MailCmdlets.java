package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.LIMIT;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.ResultLimit;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Mail that has arrived: in the server's own mailboxes, and at the lab's hosts. `Content` is fetched when somebody
/// names it.
public final class MailCmdlets {
    private MailCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-MailboxMessage")
                        .summary(
                                "Shows the mail in one of the server's own mailboxes; Content is the message as it came.")
                        .takes(
                                Parameter.of("Mailbox", TEXT).at(0).required().pipedBy(),
                                Parameter.of("Id", TEXT),
                                Parameter.of("IncludeContent", SWITCH),
                                Parameter.of("Raw", SWITCH))
                        .oneOf("IncludeContent", "Raw")
                        .shows("MailboxMessage", "Id", "Received", "From", "Subject", "SizeBytes")
                        .simply(MailCmdlets::getMailboxMessage),
                Cmdlet.named("Get-LabMail")
                        .summary("Shows the mail that the lab's hosts received; Content is the message as it came.")
                        .takes(
                                Parameter.of("Recipient", TEXT).at(0).pipedBy(),
                                Parameter.of("HostName", TEXT),
                                Parameter.of("Id", TEXT),
                                Parameter.of("ResultSize", LIMIT),
                                Parameter.of("IncludeContent", SWITCH),
                                Parameter.of("Raw", SWITCH))
                        .oneOf("IncludeContent", "Raw")
                        .shows("LabMail", "Id", "Received", "Host", "From", "Recipients", "SizeBytes")
                        .simply(MailCmdlets::getLabMail));
    }

    private static void getMailboxMessage(Call call) {
        String mailbox = call.text("Mailbox").orElseThrow();
        Optional<String> wanted = call.text("Id");
        call.client().mailboxMessages(mailbox, message -> {
            if (wanted.isPresent() && !wanted.get().equals(message.id())) {
                return;
            }
            Row row = new Row("MailboxMessage")
                    .with("Mailbox", mailbox)
                    .with("Id", message.id())
                    .with("Received", message.received().atZone(call.io().zone()))
                    .with("From", message.from())
                    .with("Subject", message.subject())
                    .with("MessageId", message.messageId())
                    .with("SizeBytes", message.sizeBytes());
            write(call, row, () -> call.client().mailboxMessageContent(mailbox, message.id()));
        });
    }

    private static void getLabMail(Call call) {
        ResultLimit limit = call.value("ResultSize") instanceof ResultLimit given ? given : ResultLimit.serverDefault();
        Optional<String> wanted = call.text("Id");
        call.client().labMail(call.text("Recipient"), call.text("HostName"), limit, mail -> {
            if (wanted.isPresent() && !wanted.get().equals(mail.id())) {
                return;
            }
            Row row = new Row("LabMail")
                    .with("Id", mail.id())
                    .with("Received", mail.received().atZone(call.io().zone()))
                    .with("Host", mail.host())
                    .with("From", mail.from())
                    .with("Recipients", mail.recipients())
                    .with("SizeBytes", mail.sizeBytes())
                    .with("HeloName", mail.heloName());
            write(call, row, () -> call.client().labMailContent(mail.id()));
        });
    }

    private static void write(Call call, Row row, Supplier<byte[]> content) {
        if (call.flag("Raw")) {
            call.write(Bags.content(content.get()));
        } else if (call.flag("IncludeContent")) {
            call.write(row.with("Content", Bags.content(content.get())));
        } else {
            call.write(row.withOnDemand("Content", () -> Bags.content(content.get())));
        }
    }
}
