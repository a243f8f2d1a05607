package dev.tarry.shell.print;

import java.util.Optional;

/// Whoever sits at the shell and can be asked. Lives on the shell's thread, which waits for the answer; Ctrl-C in the
/// middle of one ends the pipeline that asked.
public interface Person {
    /// Where a script runs.
    Person NOBODY = new Person() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public Optional<String> line(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> secret(String prompt) {
            return Optional.empty();
        }

        @Override
        public Consent consent(String deed) {
            return Consent.NO;
        }
    };

    /// What a person says to a thing that is about to be done.
    enum Consent {
        YES,
        /// To this and to all that the same command will ask.
        YES_TO_ALL,
        NO,
        /// To this and to all that the same command will ask.
        NO_TO_ALL
    }

    /// Whether anybody can be asked at all.
    boolean isThere();

    /// @param prompt printed as it is; may be empty
    /// @return the line that was typed, without its end; nothing where input has ended or nobody is there
    Optional<String> line(String prompt);

    /// As [#line], with what is typed hidden.
    Optional<String> secret(String prompt);

    /// Asks as PowerShell's `-Confirm` does.
    ///
    /// @param deed what is about to be done, a sentence
    Consent consent(String deed);
}
