package dev.tarry.config;

/// A setting with the value that holds and where it came from.
///
/// @param key     the full key: `transport.queueMaxIdleTime`, `receiveConnectors[0].bind`
/// @param value   in the form that Exchange prints
/// @param origin  who said so
/// @param setting the row of the table
public record Explained(String key, String value, Origin origin, Setting<?> setting) {
    /// Never with a secret.
    @Override
    public String toString() {
        return key + "=" + shown() + " (" + origin.text() + ")";
    }

    /// The value for people to see: a secret is not.
    public String shown() {
        return setting.secret() && !value.isEmpty() ? Setting.HIDDEN : Printable.line(value);
    }
}
