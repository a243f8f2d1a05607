package dev.tarry.eventlog;

/// How bad it is, in Windows' words.
public enum EventLevel {
    ERROR("Error"),
    WARNING("Warning"),
    INFORMATION("Information");

    private final String shellName;

    EventLevel(String shellName) {
        this.shellName = shellName;
    }

    public String shellName() {
        return shellName;
    }
}
