package dev.tarry.shell.value;

/// A text that is not to be seen, as ConvertTo-SecureString makes it: whatever prints it prints its type.
public final class SecureText {
    private final String secret;

    public SecureText(String secret) {
        this.secret = secret;
    }

    /// For whoever sends it on.
    public String revealed() {
        return secret;
    }

    @Override
    public String toString() {
        return "System.Security.SecureString";
    }
}
