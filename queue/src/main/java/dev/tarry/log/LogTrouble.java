package dev.tarry.log;

/// Hears when a log cannot be written, or not quickly enough, and when it can again: once each. On the log's writer
/// thread, or that of a reader; must not block.
public interface LogTrouble {
    LogTrouble NONE = new LogTrouble() {
        @Override
        public void stopped(String log, String reason) {}

        @Override
        public void resumed(String log, long dropped) {}
    };

    /// @param log its [LogFormat#type]
    void stopped(String log, String reason);

    /// @param dropped entries that are lost, since the server's start
    void resumed(String log, long dropped);
}
