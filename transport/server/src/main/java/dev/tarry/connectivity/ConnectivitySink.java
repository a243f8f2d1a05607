package dev.tarry.connectivity;

/// Where rows go. Any thread; must not block.
public interface ConnectivitySink {
    ConnectivitySink NONE = new ConnectivitySink() {
        @Override
        public boolean on() {
            return false;
        }

        @Override
        public void write(ConnectivityRow row) {}
    };

    /// Whether anybody wants an attempt's rows; no text is made otherwise.
    boolean on();

    void write(ConnectivityRow row);
}
