package dev.tarry.client;

/// Why a call did not give an answer. The cases ask for different reactions: correct the request, wait longer or
/// look what is wrong, start or name a server, report a bug.
public abstract sealed class ClientException extends RuntimeException
        permits ProblemException,
                WaitTimedOutException,
                ServerUnreachableException,
                AnswerBrokenOffException,
                UnexpectedAnswerException {
    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
