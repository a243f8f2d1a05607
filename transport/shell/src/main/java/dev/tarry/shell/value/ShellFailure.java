package dev.tarry.shell.value;

import dev.tarry.shell.syntax.Extent;
import java.util.Optional;

/// What PowerShell calls an error record: the statement that meets it ends. Where it happened and which cmdlet
/// was running is added on its way out, by those who know.
public final class ShellFailure extends RuntimeException {
    /// PowerShell's ErrorCategory, as far as this shell needs it.
    public enum Category {
        NotSpecified,
        OpenError,
        ReadError,
        WriteError,
        InvalidArgument,
        InvalidData,
        InvalidOperation,
        InvalidResult,
        InvalidType,
        MetadataError,
        ObjectNotFound,
        OperationStopped,
        OperationTimeout,
        ConnectionError,
        ResourceExists,
        ResourceUnavailable,
        PermissionDenied,
        SecurityError,
        LimitsExceeded,
        NotImplemented,
        NotInstalled,
        ParserError
    }

    /// @param subject what was thrown, or what the error is about, as an object; often null
    /// @param speaker whose name stands before the message where no cmdlet is running: a command that is not there
    private record Facts(
            Category category,
            String errorId,
            String exceptionName,
            String target,
            Object subject,
            Extent extent,
            String cmdlet,
            String speaker,
            boolean stopping) {
        Facts about(String text, Object thing) {
            return new Facts(category, errorId, exceptionName, text, thing, extent, cmdlet, speaker, stopping);
        }

        Facts placed(Extent place, String runner, String by) {
            return new Facts(category, errorId, exceptionName, target, subject, place, runner, by, stopping);
        }

        Facts stopping(boolean stops) {
            return new Facts(category, errorId, exceptionName, target, subject, extent, cmdlet, speaker, stops);
        }
    }

    private final transient Facts facts;

    private ShellFailure(String message, Facts facts, Throwable cause) {
        super(message, cause, false, false);
        this.facts = facts;
    }

    private ShellFailure with(Facts other) {
        return new ShellFailure(getMessage(), other, getCause());
    }

    /// @param errorId the first part of FullyQualifiedErrorId
    /// @param exceptionName the exception's short name, as CategoryInfo shows it
    public static ShellFailure of(Category category, String errorId, String exceptionName, String message) {
        return new ShellFailure(
                message, new Facts(category, errorId, exceptionName, "", null, null, "", "", false), null);
    }

    public static ShellFailure runtime(String errorId, String message) {
        return of(Category.InvalidOperation, errorId, "RuntimeException", message);
    }

    /// "Cannot convert value …", as casts and parameters say it.
    public static ShellFailure cannotConvert(Object value, String type, String why) {
        String reason = why.isEmpty() ? "" : " Error: \"" + why + "\"";
        return of(
                Category.InvalidArgument,
                "InvalidCastFromStringToType",
                "PSInvalidCastException",
                "Cannot convert value \"" + TextForm.of(value) + "\" to type \"" + type + "\"." + reason);
    }

    /// What lies beyond this shell, by its name.
    ///
    /// @param what how its sentence begins, as in `The type [x]`
    public static ShellFailure outside(String what) {
        return of(
                Category.NotImplemented,
                "NotSupportedByThisShell",
                "NotSupportedException",
                what + " is outside the part of PowerShell that tarry speaks.");
    }

    public ShellFailure withTarget(String text) {
        return with(facts.about(text, facts.subject));
    }

    /// The same, about an object.
    public ShellFailure about(Object subject) {
        return with(facts.about(facts.target, subject));
    }

    /// Keeps the innermost place: who was nearer knew better.
    public ShellFailure at(Extent place) {
        return facts.extent != null ? this : with(facts.placed(place, facts.cmdlet, facts.speaker));
    }

    public ShellFailure in(String cmdletName) {
        return facts.cmdlet.isEmpty() ? with(facts.placed(facts.extent, cmdletName, facts.speaker)) : this;
    }

    /// The same with a name before its message, of what runs nothing.
    public ShellFailure saidBy(String name) {
        return with(facts.placed(facts.extent, facts.cmdlet, name));
    }

    /// The same, ending the whole script and not only its statement (`-ErrorAction Stop`, `throw`).
    public ShellFailure stopping() {
        return with(facts.stopping(true));
    }

    /// The same once it was caught: thrown again it is an error like any other.
    public ShellFailure caught() {
        return with(facts.stopping(false));
    }

    public ShellFailure causedBy(Throwable cause) {
        return new ShellFailure(getMessage(), facts, cause);
    }

    public Category category() {
        return facts.category;
    }

    public String errorId() {
        return facts.errorId;
    }

    public String exceptionName() {
        return facts.exceptionName;
    }

    /// What it was about, as text; often empty.
    public String target() {
        return facts.target;
    }

    /// What it was about, as an object; null where only its text is known, or nothing.
    public Object subject() {
        return facts.subject;
    }

    public Optional<Extent> extent() {
        return Optional.ofNullable(facts.extent);
    }

    /// The cmdlet that was running; empty where none was.
    public String cmdlet() {
        return facts.cmdlet;
    }

    /// Whose name stands before the message; empty where nobody's does.
    public String speaker() {
        return facts.cmdlet.isEmpty() ? facts.speaker : facts.cmdlet;
    }

    public boolean isStopping() {
        return facts.stopping;
    }

    /// What `"$_"` of an error record is: its message.
    @Override
    public String toString() {
        return getMessage();
    }
}
