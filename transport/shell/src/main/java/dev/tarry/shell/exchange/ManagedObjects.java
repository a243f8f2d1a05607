package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.Change;
import dev.tarry.client.Managed;
import dev.tarry.client.ManagedKind;
import dev.tarry.client.ProblemException;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the cmdlets have in common that get, make, change and remove objects: connectors, domains, texts.
///
/// @param type what rows are called, by which their default table is found
/// @param noun as Exchange's messages have it: `Send connector`
/// @param kind where they are managed
record ManagedObjects(String type, String noun, Function<Call, ManagedKind> kind) {
    private static final int NOT_FOUND = 404;

    /// `-Identity`, by place, by name, or from the pipeline.
    static Parameter identity(boolean required) {
        Parameter identity = Parameter.of("Identity", TEXT).at(0).pipedBy("Name");
        return required ? identity.required() : identity;
    }

    /// What a piped object that is a server may be, by its type.
    static final List<String> SERVERS = List.of("ExchangeServer", "TransportService", "FrontendTransportService");

    /// `-Server`, by name, or from the pipeline where that brings servers.
    static Parameter server() {
        return Parameter.of("Server", TEXT).pipedFrom(SERVERS, "Name");
    }

    /// There is no directory, so none of its controllers: taken, as scripts give it everywhere, without an effect.
    static Parameter domainController() {
        return Parameter.of("DomainController", TEXT);
    }

    /// What help says of [#domainController].
    static final String NO_DIRECTORY =
            "There is no Active Directory here: -DomainController is taken, and has no effect.";

    /// All of them, those whose name a pattern matches, or one.
    void get(Call call) {
        Optional<String> identity = call.text("Identity");
        if (identity.isEmpty()) {
            kind.apply(call).list().forEach(one -> write(call, one));
        } else if (Wildcard.isPattern(identity.get())) {
            Wildcard pattern = new Wildcard(identity.get(), false);
            kind.apply(call).list().stream()
                    .filter(one -> pattern.matches(one.name()) || pattern.matches(one.identity()))
                    .forEach(one -> write(call, one));
        } else {
            write(call, found(call, identity.get(), () -> kind.apply(call).get(identity.get())));
        }
    }

    void create(Call call, String name, Map<String, Object> wanted) {
        if (call.proceedWith("Creating " + noun + " \"" + name + "\".")) {
            Change change = kind.apply(call).create(wanted);
            warn(call, change);
            write(call, change.now());
        }
    }

    void change(Call call, Map<String, Object> wanted) {
        String identity = call.text("Identity").orElseThrow();
        if (call.proceedWith("Setting " + noun + " \"" + identity + "\".")) {
            warn(call, found(call, identity, () -> kind.apply(call).change(identity, wanted)));
        }
    }

    void remove(Call call) {
        String identity = call.text("Identity").orElseThrow();
        if (call.proceedWith("Removing " + noun + " \"" + identity + "\".")) {
            found(call, identity, () -> {
                kind.apply(call).remove(identity);
                return identity;
            });
        }
    }

    /// The cmdlet that removes one; it asks before it does.
    Cmdlet removal(String name, String summary) {
        return Cmdlet.named(name)
                .takes(identity(true), domainController())
                .summary(summary)
                .remark(NO_DIRECTORY)
                .prompts()
                .acts()
                .simply(this::remove);
    }

    void write(Call call, Managed object) {
        call.write(Bags.row(type, object.properties(), call.io().zone()));
    }

    static void warn(Call call, Change change) {
        change.warnings().forEach(call::warn);
        if (!change.atNextStart().isEmpty()) {
            call.warn("At the next start of the server take effect: " + String.join(", ", change.atNextStart()) + ".");
        }
    }

    /// Does what needs an object of that identity, and says as Exchange does that there is none.
    static <T> T found(Call call, String identity, Supplier<T> deed) {
        try {
            return deed.get();
        } catch (ProblemException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            throw unknown(identity, call.client().service().transportService().name());
        }
    }

    private static ShellFailure unknown(String identity, String where) {
        return ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ManagementObjectNotFound",
                        "ManagementObjectNotFoundException",
                        "The operation couldn't be performed because object '" + identity + "' couldn't be found on '"
                                + where + "'.")
                .withTarget(identity);
    }

    /// The server that this shell manages, by its short or full name.
    ///
    /// @throws ShellFailure if it is another's
    static Managed ownServer(Call call, String identity) {
        Managed service = call.client().service().transportService();
        String own = service.name().toLowerCase(Locale.ROOT);
        String asked = identity.toLowerCase(Locale.ROOT);
        if (!asked.equals(own) && !asked.equals("localhost") && !asked.startsWith(own + ".")) {
            throw unknownServer(identity, service.name());
        }
        return service;
    }

    /// There is one server here. Another one's name is a mistake that must not be answered with this one's objects.
    static void thisServer(Call call) {
        String own = call.io().environment().getOrDefault("COMPUTERNAME", "");
        String lower = own.toLowerCase(Locale.ROOT);
        call.text("Server").ifPresent(name -> {
            String asked = name.toLowerCase(Locale.ROOT);
            if (!asked.equals(lower) && !asked.equals("localhost") && !asked.startsWith(lower + ".")) {
                throw unknownServer(name, own);
            }
        });
    }

    private static ShellFailure unknownServer(String asked, String own) {
        return ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ManagementObjectNotFound",
                        "ManagementObjectNotFoundException",
                        "The operation couldn't be performed because object '" + asked + "' couldn't be found on '"
                                + own + "'. The one server here is " + own + ".")
                .withTarget(asked);
    }

    /// Which of several switches was given, or what the parameter has that stands for them; absent: none.
    static Optional<String> usage(Call call, String... words) {
        for (String word : words) {
            if (call.flag(word)) {
                return Optional.of(word);
            }
        }
        return call.text("Usage");
    }
}
