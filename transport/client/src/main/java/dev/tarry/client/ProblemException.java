package dev.tarry.client;

/// The server refused a request and said why: an RFC 9457 problem document, taken apart. The words may repeat
/// remote text, so whoever prints them escapes them.
public final class ProblemException extends ClientException {
    private final int status;
    private final String type;
    private final String title;
    private final String detail;

    /// @param status the HTTP status, 400–599
    /// @param type the problem type as the document gives it, `about:blank` where it gives none
    /// @param title the short text of the type
    /// @param detail what went wrong this time; empty where the document has none
    public ProblemException(int status, String type, String title, String detail) {
        super(detail.isEmpty() ? title : detail, null);
        this.status = status;
        this.type = type;
        this.title = title;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }
}
