package dev.tarry.smtp;

/// What a remote host sent is no SMTP reply (RFC 5321 §4.2), or breaks a bound. The message says what and
/// where, in printable characters only; the connection is of no more use.
public final class ReplyFormatException extends Exception {
    public ReplyFormatException(String message) {
        super(message);
    }
}
