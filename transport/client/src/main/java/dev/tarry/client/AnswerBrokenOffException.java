package dev.tarry.client;

import java.io.IOException;

/// An answer began and did not come to its end: what it told of could not be read any further, or the server went away
/// meanwhile. Another request may well be answered.
public final class AnswerBrokenOffException extends ClientException {
    AnswerBrokenOffException(String request, IOException cause) {
        super(
                "The answer to " + request + " broke off: "
                        + (cause.getMessage() == null ? "the connection ended" : cause.getMessage()) + ".",
                cause);
    }
}
