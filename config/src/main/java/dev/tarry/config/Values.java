package dev.tarry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What was written, ready to be read by the records: text by full key, turned into values one by one. A value that is
/// wrong becomes a fault, and the reader gets the default and goes on, so that all faults come out at once.
final class Values {
    /// A value as text, before anybody looked at what it means.
    record Raw(String text, Origin origin) {}

    private static final Origin BUILT_IN = new Origin.BuiltIn();

    private final Map<String, Raw> raws;
    private final String prefix;
    private final boolean network;
    private final List<Fault> faults;
    private final List<Explained> explained;

    private Values(
            Map<String, Raw> raws, String prefix, boolean network, List<Fault> faults, List<Explained> explained) {
        this.raws = raws;
        this.prefix = prefix;
        this.network = network;
        this.faults = faults;
        this.explained = explained;
    }

    /// @param faults grows with what turns out to be wrong
    static Values of(Map<String, Raw> raws, List<Fault> faults) {
        return new Values(raws, "", false, faults, new ArrayList<>());
    }

    /// The same with the other defaults.
    Values inNetwork() {
        return new Values(raws, prefix, true, faults, explained);
    }

    /// The values of one element of a list.
    Values within(String path) {
        return new Values(raws, path + ".", network, faults, explained);
    }

    /// The value of a setting: what the strongest source says, or the default.
    <T> T of(Setting<T> setting) {
        String key = prefix + setting.key();
        String builtIn = network ? setting.networkBuiltIn().orElse(setting.builtIn()) : setting.builtIn();
        T standard = setting.kind().parse().apply(builtIn);
        Raw raw = raws.get(key);
        T value = raw == null ? standard : parsed(setting, key, raw, standard);
        explained.add(new Explained(
                key, setting.kind().print().apply(value), raw == null ? BUILT_IN : raw.origin(), setting));
        return value;
    }

    /// Every value read so far, in the order of reading.
    List<Explained> explained() {
        return List.copyOf(explained);
    }

    private <T> T parsed(Setting<T> setting, String key, Raw raw, T standard) {
        T value;
        try {
            value = setting.kind().parse().apply(raw.text());
        } catch (IllegalArgumentException wrong) {
            faults.add(new Fault(raw.origin(), key, complaint(setting, raw, wrong), setting.form()));
            return standard;
        }
        if (!setting.allows(value)) {
            faults.add(new Fault(
                    raw.origin(), key, quoted(setting, raw) + " is out of bounds", "write " + setting.bounds()));
            return standard;
        }
        return value;
    }

    private static String quoted(Setting<?> setting, Raw raw) {
        return setting.secret() ? "what is written here" : "'" + raw.text() + "'";
    }

    private static String complaint(Setting<?> setting, Raw raw, IllegalArgumentException wrong) {
        // The JDK's own parsers explain themselves in terms of Java; ours say what is wrong, or nothing.
        boolean ours = wrong.getClass() == IllegalArgumentException.class && wrong.getMessage() != null;
        return quoted(setting, raw) + " "
                + (ours && !setting.secret()
                        ? wrong.getMessage()
                        : "is not " + setting.kind().name());
    }
}
