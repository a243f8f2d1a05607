package dev.tarry.config;

/// The form that messages of mail clients are converted to for a remote domain.
public enum ContentType {
    MIME_HTML_TEXT("MimeHtmlText"),
    MIME_TEXT("MimeText"),
    MIME_HTML("MimeHtml");

    private final String word;

    ContentType(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
