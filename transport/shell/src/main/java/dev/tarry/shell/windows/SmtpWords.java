package dev.tarry.shell.windows;

/// A server's reply in the words of .NET's SMTP client.
final class SmtpWords {
    private SmtpWords() {}

    /// @param reply as the API tells it: `550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain`
    static String of(String reply) {
        String code = reply.length() >= 3 ? reply.substring(0, 3) : "";
        String said = reply.length() > 4 ? reply.substring(4).strip() : "";
        return meaning(code) + (said.isEmpty() ? "" : " The server response was: " + said);
    }

    private static String meaning(String code) {
        return switch (code) {
            case "211" -> "System status, or system help reply.";
            case "214" -> "Help message.";
            case "220" -> "Service ready.";
            case "221" -> "Service closing transmission channel.";
            case "250" -> "Completed.";
            case "251" -> "User not local; will forward to specified path.";
            case "252" -> "Cannot VRFY user, but will accept message and attempt delivery.";
            case "354" -> "Start mail input; end with <CRLF>.<CRLF>.";
            case "421" -> "Service not available, closing transmission channel.";
            case "450", "550" -> "Mailbox unavailable.";
            case "451" -> "Error in processing.";
            case "452" -> "Insufficient system storage.";
            case "454" -> "Client does not have permission to submit mail to this server.";
            case "500" -> "Syntax error, command unrecognized.";
            case "501" -> "Syntax error in parameters or arguments.";
            case "502" -> "Command not implemented.";
            case "503" -> "Bad sequence of commands.";
            case "504" -> "Command parameter not implemented.";
            case "530" -> "The SMTP server requires a secure connection or the client was not authenticated.";
            case "551" -> "User not local; please try a different path.";
            case "552" -> "Exceeded storage allocation.";
            case "553" -> "Mailbox name not allowed.";
            case "554" -> "Transaction failed.";
            default -> "Failure sending mail.";
        };
    }
}
