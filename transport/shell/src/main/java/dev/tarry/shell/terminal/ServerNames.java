package dev.tarry.shell.terminal;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.print.Column;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.TextForm;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Names of what the server has, looked up by its own cmdlets at the moment they are wanted: the identities of
/// `Set-Thing` are those that `Get-Thing` puts out, so that a new pair of cmdlets is completed without a line here.
final class ServerNames {
    /// How many objects are asked for, where a cmdlet can be told.
    static final int MOST = 200;

    private static final Set<String> NAMING = Set.of("identity", "name", "displayname", "id");

    private final CmdletTable cmdlets;
    private final Session session;

    ServerNames(CmdletTable cmdlets, Session session) {
        this.cmdlets = cmdlets;
        this.session = session;
    }

    /// Values that a parameter may want; none where nothing is known of it.
    Collection<String> of(Cmdlet cmdlet, Parameter parameter) {
        String name = parameter.name();
        String noun = cmdlet.name().substring(cmdlet.name().indexOf('-') + 1);
        if (NAMING.contains(name.toLowerCase(Locale.ROOT))) {
            return cmdlet.name().startsWith("New-") ? List.of() : of(noun, name);
        }
        if (name.toLowerCase(Locale.ROOT).contains("domain")) {
            return domains();
        }
        return of(name, "Identity");
    }

    /// Domains that mail is queued for or that are the server's own.
    Collection<String> domains() {
        TreeSet<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rows("Queue").forEach(row -> add(found, row, "NextHopDomain"));
        rows("AcceptedDomain").forEach(row -> add(found, row, "DomainName"));
        found.removeIf(domain -> !domain.contains(".") || domain.contains(" "));
        return found;
    }

    /// Properties of what a cmdlet puts out: of a live object where there is one, else those of its default table.
    List<String> properties(Optional<Cmdlet> cmdlet) {
        if (cmdlet.isEmpty()) {
            return List.of();
        }
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        cmdlet.get().table().stream().map(Column::label).forEach(known::add);
        if (isAsked(cmdlet.get())) {
            look(cmdlet.get(), 1).stream().limit(1).forEach(row -> known.addAll(row.names()));
        }
        return List.copyOf(known);
    }

    /// What a property is at present, of all that a cmdlet puts out.
    Collection<String> valuesOf(Optional<Cmdlet> cmdlet, String property) {
        TreeSet<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        cmdlet.filter(ServerNames::isAsked)
                .ifPresent(asked -> look(asked, MOST).forEach(row -> add(found, row, property)));
        return found;
    }

    private Collection<String> of(String noun, String property) {
        TreeSet<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Row row : rows(noun)) {
            add(found, row, row.has(property) ? property : row.has("Identity") ? "Identity" : "Name");
        }
        return found;
    }

    private static void add(Collection<String> found, Row row, String property) {
        String text = TextForm.of(row.get(property));
        if (!text.isBlank()) {
            found.add(text);
        }
    }

    private List<Row> rows(String noun) {
        return cmdlets.find("Get-" + noun)
                .filter(ServerNames::isAsked)
                .map(cmdlet -> look(cmdlet, MOST))
                .orElse(List.of());
    }

    /// Whether asking changes nothing and needs no more words.
    private static boolean isAsked(Cmdlet cmdlet) {
        return cmdlet.name().startsWith("Get-")
                && !cmdlet.acts()
                && cmdlet.parameters().stream().noneMatch(Parameter::mandatory);
    }

    private List<Row> look(Cmdlet cmdlet, int most) {
        boolean limited = cmdlet.parameters().stream().anyMatch(p -> p.name().equals("ResultSize"));
        return session.look(cmdlet.name() + (limited ? " -ResultSize " + most : "")).stream()
                .filter(Row.class::isInstance)
                .map(Row.class::cast)
                .toList();
    }
}
