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
    private record Facts(
            Category category,
            String errorId,
            String exceptionName,
            String target,
            Object subject,
            Extent extent,
            String cmdlet,
            boolean stopping) {}

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
        return new ShellFailure(message, new Facts(category, errorId, exceptionName, "", null, null, "", false), null);
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
        return with(new Facts(
                facts.category,
                facts.errorId,
                facts.exceptionName,
                text,
                facts.subject,
                facts.extent,
                facts.cmdlet,
                facts.stopping));
    }

    /// The same, about an object.
    public ShellFailure about(Object subject) {
        return with(new Facts(
                facts.category,
                facts.errorId,
                facts.exceptionName,
                facts.target,
                subject,
                facts.extent,
                facts.cmdlet,
                facts.stopping));
    }

    /// Keeps the innermost place: who was nearer knew better.
    public ShellFailure at(Extent place) {
        return facts.extent != null
                ? this
                : with(new Facts(
                        facts.category,
                        facts.errorId,
                        facts.exceptionName,
                        facts.target,
                        facts.subject,
                        place,
                        facts.cmdlet,
                        facts.stopping));
    }

    public ShellFailure in(String cmdletName) {
        return facts.cmdlet.isEmpty()
                ? with(new Facts(
                        facts.category,
                        facts.errorId,
                        facts.exceptionName,
                        facts.target,
                        facts.subject,
                        facts.extent,
                        cmdletName,
                        facts.stopping))
                : this;
    }

    /// The same, ending the whole script and not only its statement (`-ErrorAction Stop`, `throw`).
    public ShellFailure stopping() {
        return stopping(true);
    }

    /// The same once it was caught: thrown again it is an error like any other.
    public ShellFailure caught() {
        return stopping(false);
    }

    private ShellFailure stopping(boolean stops) {
        return with(new Facts(
                facts.category,
                facts.errorId,
                facts.exceptionName,
                facts.target,
                facts.subject,
                facts.extent,
                facts.cmdlet,
                stops));
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

    public boolean isStopping() {
        return facts.stopping;
    }

    /// What `"$_"` of an error record is: its message.
    @Override
    public String toString() {
        return getMessage();
    }
}
