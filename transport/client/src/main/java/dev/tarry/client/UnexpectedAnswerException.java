package dev.tarry.client;

/// An HTTP answer came that is not what this API says: no JSON, a missing field, too large. Most likely the
/// address is some other server's.
public final class UnexpectedAnswerException extends ClientException {
    UnexpectedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
