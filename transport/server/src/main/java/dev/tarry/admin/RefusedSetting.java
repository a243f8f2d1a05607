package dev.tarry.admin;

/// Why one property or setting cannot have the value that was sent for it.
///
/// @param name the property, or the key of the setting; empty if the fault is not about one of them
/// @param what what is wrong
/// @param right what would be right; empty if that is plain from `what`
public record RefusedSetting(String name, String what, String right) {
    static RefusedSetting withControls(String name) {
        return new RefusedSetting(
                name, "has control characters in it", "write one line, without an end of the line at its end");
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + ": ") + what + (right.isEmpty() ? "" : "; " + right);
    }
}
