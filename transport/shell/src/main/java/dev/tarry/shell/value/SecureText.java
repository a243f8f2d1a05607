package dev.tarry.shell.value;

/// A text that is not to be seen, as ConvertTo-SecureString makes it: whatever prints it prints its type.
public final class SecureText {
    /// The type of a user with such a password: a [Row] with UserName and Password.
    public static final String CREDENTIAL_TYPE = "System.Management.Automation.PSCredential";

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
