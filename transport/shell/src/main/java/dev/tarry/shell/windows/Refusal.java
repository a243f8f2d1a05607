package dev.tarry.shell.windows;

import dev.tarry.client.ProblemException;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.util.Locale;
import java.util.function.Supplier;

/// What cannot be done here, said by its name.
final class Refusal {
    private static final int NOT_FOUND = 404;

    private Refusal() {}

    /// Something that Windows has and tarry does not.
    static ShellFailure unsupported(String what, String why) {
        return ShellFailure.of(
                Category.NotImplemented,
                "NotSupportedByTarry",
                "NotSupportedException",
                what + " is not supported: " + why);
    }

    /// Refuses each of these parameters that was given.
    static void ofParameters(Call call, String why, String... names) {
        for (String name : names) {
            if (call.has(name)) {
                throw unsupported("-" + name, why);
            }
        }
    }

    /// There is one computer here. Another one's name is a mistake that must not be answered with this one's objects.
    static void ofOtherComputers(Call call, String name) {
        String own = call.io().environment().getOrDefault("COMPUTERNAME", "").toLowerCase(Locale.ROOT);
        String asked = name.toLowerCase(Locale.ROOT);
        if (!asked.equals(own)
                && !asked.equals("localhost")
                && !asked.equals(".")
                && !asked.equals("127.0.0.1")
                && !asked.startsWith(own + ".")) {
            throw ShellFailure.of(
                            Category.ObjectNotFound,
                            "ComputerNotFound",
                            "ManagementObjectNotFoundException",
                            "The computer '" + name + "' could not be found. This shell manages "
                                    + own.toUpperCase(Locale.ROOT)
                                    + "; another server is named with tarry shell --server.")
                    .withTarget(name);
        }
    }

    /// Asks the lab for something; a server without a lab says what it lacks.
    ///
    /// @param what what it would have, such as `a simulated firewall`
    static <T> T inLab(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (ProblemException refusal) {
            if (refusal.status() == NOT_FOUND && refusal.type().endsWith("unknown-path")) {
                throw ShellFailure.of(
                        Category.NotImplemented,
                        "NoLab",
                        "NotSupportedException",
                        "There is no " + what + " here: the server runs in the real network, without the lab.");
            }
            throw refusal;
        }
    }

    /// The same where there is no answer.
    static void inLab(String what, Runnable order) {
        inLab(what, () -> {
            order.run();
            return true;
        });
    }

    /// A mandatory parameter, or one of several, that is not there.
    static ShellFailure missing(String names) {
        return ShellFailure.of(
                Category.InvalidArgument,
                "MissingMandatoryParameter",
                "ParameterBindingException",
                "Cannot process command because of one or more missing mandatory parameters: " + names + ".");
    }
}
