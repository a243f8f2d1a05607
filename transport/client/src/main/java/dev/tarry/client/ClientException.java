package dev.tarry.client;

/// Why a call did not give an answer. The three cases ask for three reactions: correct the request, start or name a
/// server, report a bug.
public abstract sealed class ClientException extends RuntimeException
        permits ProblemException, ServerUnreachableException, UnexpectedAnswerException {
    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
