package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.SafeText;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Whether one command may do what it is about to: `-WhatIf`, `-Confirm`, their preference variables, and what the
/// person says who is asked.
final class Consents {
    private final Cmdlet cmdlet;
    private final Binding binding;
    private final ShellIo io;
    private final Function<String, Object> preferences;
    /// Yes or no to all that this command still does.
    private Optional<Person.Consent> consent = Optional.empty();

    /// @param preferences the values of preference variables where the command runs
    Consents(Cmdlet cmdlet, Binding binding, ShellIo io, Function<String, Object> preferences) {
        this.cmdlet = cmdlet;
        this.binding = binding;
        this.io = io;
        this.preferences = preferences;
    }

    /// @param deed   what would be done, a sentence
    /// @param target what an error names, if nobody can be asked
    /// @throws ShellFailure where nobody can be asked
    boolean proceed(String deed, String target) {
        if (binding.whatIf().orElseGet(() -> Boolean.TRUE.equals(preferences.apply("WhatIfPreference")))) {
            io.out().println("What if: " + SafeText.line(deed));
            return false;
        }
        if (binding.confirm().orElseGet(this::asks)) {
            return consents(deed, target);
        }
        return true;
    }

    /// Asks, unless this command was told once and for all.
    private boolean consents(String deed, String target) {
        Person person = io.person();
        if (!person.isThere()) {
            throw ShellFailure.of(
                            Category.InvalidOperation,
                            "ConfirmationNotPossible",
                            "InvalidOperationException",
                            "Nobody can be asked for confirmation here. To go on without, use -Confirm:$false.")
                    .withTarget(target);
        }
        if (consent.isEmpty()) {
            Person.Consent answer = person.consent(deed);
            if (answer == Person.Consent.YES_TO_ALL || answer == Person.Consent.NO_TO_ALL) {
                consent = Optional.of(answer);
            }
            return answer == Person.Consent.YES || answer == Person.Consent.YES_TO_ALL;
        }
        return consent.get() == Person.Consent.YES_TO_ALL;
    }

    /// Whether it asks where nobody said so: what destroys things does, unless `$ConfirmPreference` is None.
    private boolean asks() {
        String preference = TextForm.of(preferences.apply("ConfirmPreference")).toLowerCase(Locale.ROOT);
        return switch (preference) {
            case "none" -> false;
            case "low" -> cmdlet.acts();
            default -> cmdlet.prompts();
        };
    }
}
