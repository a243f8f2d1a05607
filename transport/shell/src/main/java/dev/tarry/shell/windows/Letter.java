package dev.tarry.shell.windows;

import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.net.URLConnection;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// What Send-MailMessage sends, as octets, and to whom.
///
/// @param priority `Normal`, `High` or `Low`
/// @param charset of subject and body; absent: ASCII, or UTF-8 where that is not enough
/// @param written lab time, in the zone of who writes
record Letter(
        String from,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        List<String> replyTo,
        String subject,
        String body,
        boolean html,
        String priority,
        Optional<String> charset,
        List<Attachment> attachments,
        ZonedDateTime written) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

    /// A file that goes with it.
    record Attachment(String name, byte[] octets) {}

    /// The bare address of the sender, as MAIL takes it.
    String sender() {
        return bare(address(from));
    }

    /// The bare addresses of everybody who gets it, each once.
    List<String> recipients() {
        List<String> all = new ArrayList<>();
        for (List<String> some : List.of(to, cc, bcc)) {
            addresses(some).forEach(address -> all.add(bare(address)));
        }
        return all.stream().distinct().toList();
    }

    /// Header and body; whoever is in `bcc` does not stand in it.
    byte[] octets() {
        if (subject.indexOf('\r') >= 0 || subject.indexOf('\n') >= 0) {
            throw ShellFailure.of(
                            Category.InvalidType,
                            "ArgumentException,Microsoft.PowerShell.Commands.SendMailMessage",
                            "ArgumentException",
                            "The specified string is not in the form required for a subject.")
                    .withTarget(subject);
        }
        try {
            MimeMessage message = new WithoutId();
            message.setFrom(address(from));
            put(message, Message.RecipientType.TO, to);
            put(message, Message.RecipientType.CC, cc);
            if (!replyTo.isEmpty()) {
                message.setReplyTo(addresses(replyTo).toArray(InternetAddress[]::new));
            }
            message.setHeader("Date", DATE.format(written));
            message.setSubject(subject, charsetFor(subject));
            prioritise(message);
            if (attachments.isEmpty()) {
                message.setText(body, charsetFor(body), html ? "html" : "plain");
            } else {
                message.setContent(parts());
            }
            message.saveChanges();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toByteArray();
        } catch (MessagingException e) {
            throw ShellFailure.of(Category.InvalidArgument, "FormatException", "FormatException", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Message-ID is the server's to give, as .NET leaves it.
    private static final class WithoutId extends MimeMessage {
        WithoutId() {
            super(Session.getInstance(new Properties()));
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            removeHeader("Message-ID");
        }
    }

    private void prioritise(MimeMessage message) throws MessagingException {
        if (!priority.equals("Normal")) {
            boolean high = priority.equals("High");
            message.setHeader("X-Priority", high ? "1" : "5");
            message.setHeader("Priority", high ? "urgent" : "non-urgent");
            message.setHeader("Importance", high ? "high" : "low");
        }
    }

    private MimeMultipart parts() throws MessagingException {
        MimeMultipart parts = new MimeMultipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(body, charsetFor(body), html ? "html" : "plain");
        parts.addBodyPart(text);
        for (Attachment attachment : attachments) {
            MimeBodyPart file = new MimeBodyPart();
            String type = Optional.ofNullable(URLConnection.guessContentTypeFromName(attachment.name()))
                    .orElse("application/octet-stream");
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(attachment.octets(), type)));
            file.setFileName(attachment.name().replaceAll("\\p{Cntrl}", "_"));
            file.setDisposition(MimeBodyPart.ATTACHMENT);
            file.setHeader("Content-Transfer-Encoding", "base64");
            parts.addBodyPart(file);
        }
        return parts;
    }

    private String charsetFor(String text) {
        return charset.orElseGet(() -> text.chars().allMatch(c -> c < 0x80) ? "us-ascii" : "utf-8");
    }

    private static void put(MimeMessage message, Message.RecipientType kind, List<String> people)
            throws MessagingException {
        if (!people.isEmpty()) {
            message.setRecipients(kind, addresses(people).toArray(InternetAddress[]::new));
        }
    }

    private static List<InternetAddress> addresses(List<String> people) {
        return people.stream().map(Letter::address).toList();
    }

    /// No control stands in it, not even in quotes: it would end the header field.
    private static InternetAddress address(String text) {
        try {
            InternetAddress[] read = InternetAddress.parse(text, true);
            if (read.length == 1
                    && read[0].getAddress().contains("@")
                    && text.chars().noneMatch(Character::isISOControl)) {
                return read[0];
            }
        } catch (AddressException _) {
            // said below
        }
        throw ShellFailure.of(
                        Category.InvalidType,
                        "FormatException,Microsoft.PowerShell.Commands.SendMailMessage",
                        "FormatException",
                        "The specified string is not in the form required for an e-mail address.")
                .withTarget(text);
    }

    /// Its domain in A-labels.
    private static String bare(InternetAddress person) {
        String address = person.getAddress();
        int at = address.lastIndexOf('@');
        String local = address.substring(0, at);
        if (!local.chars().allMatch(c -> c < 0x80)) {
            throw ShellFailure.of(
                            Category.InvalidOperation,
                            "SmtpException,Microsoft.PowerShell.Commands.SendMailMessage",
                            "SmtpException",
                            "The client or server is only configured for E-mail addresses with ASCII local-parts: "
                                    + address + ".")
                    .withTarget(address);
        }
        try {
            return local + "@" + IDN.toASCII(address.substring(at + 1));
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
