package dev.tarry.admin;

import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The properties of a kind of object that is made of settings, in Exchange's order. A property finds
/// its setting by the name that the row of the settings says Exchange has for it; what the settings do
/// not have is shown as it always is here, or left out. Immutable.
public final class SettingTable {
    private final List<SettingProperty> properties;

    private SettingTable(List<SettingProperty> properties) {
        this.properties = List.copyOf(properties);
    }

    /// @param list the list of settings whose elements are meant; empty: the settings that are in no
    /// list
    static Draft over(String list) {
        return new Draft(list);
    }

    public List<SettingProperty> properties() {
        return properties;
    }

    /// An object's property bag.
    ///
    /// @param values its settings: key (of an element: within it) to printed text
    SequencedMap<String, Object> bag(Map<String, String> values) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        properties.forEach(property -> bag.put(property.name(), property.shown(values)));
        return bag;
    }

    /// What is to be written, where it is not what holds already.
    ///
    /// @param wanted property to value
    /// @param values what holds, as for [#bag]; a key that is missing has no value yet
    /// @param faults gets what cannot be
    /// @return key to text, of which the settings have yet to say whether it is right
    SequencedMap<String, String> changes(
            Map<String, ?> wanted, Map<String, String> values, List<RefusedSetting> faults) {
        SequencedMap<String, String> changes = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            Optional<SettingProperty> property = find(name);
            if (property.isEmpty()) {
                faults.add(new RefusedSetting(name, "is not a property here", ""));
            } else if (property.get().row().isPresent()) {
                change(property.get(), property.get().row().get(), value, values, faults)
                        .ifPresent(
                                text -> changes.put(property.get().row().get().key(), text));
            } else {
                Object always = property.get().shown(values);
                if (always == null ? value != null : !always.equals(value)) {
                    faults.add(
                            new RefusedSetting(name, "cannot be changed", "leave it out, or write " + printed(always)));
                }
            }
        });
        return changes;
    }

    private static Optional<String> change(
            SettingProperty property,
            Setting<?> row,
            Object value,
            Map<String, String> values,
            List<RefusedSetting> faults) {
        String now = values.get(row.key());
        try {
            String text = property.form().written(value, now == null ? "" : now, canonical(row));
            if (SettingForm.hasControls(text)) {
                faults.add(RefusedSetting.withControls(property.name()));
                return Optional.empty();
            }
            return Optional.of(text).filter(some -> !canonical(row).apply(some).equals(now));
        } catch (IllegalArgumentException wrong) {
            faults.add(new RefusedSetting(property.name(), "has another form", "write " + wrong.getMessage()));
            return Optional.empty();
        }
    }

    /// What is wrong stays as it is, for the settings to complain about.
    private static UnaryOperator<String> canonical(Setting<?> row) {
        return text -> {
            try {
                return row.printed(text);
            } catch (IllegalArgumentException _) {
                return text;
            }
        };
    }

    private static String printed(Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    private Optional<SettingProperty> find(String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    /// The property that shows a setting, or else the setting's key.
    String nameOf(String rowKey) {
        return properties.stream()
                .filter(property ->
                        property.row().filter(row -> row.key().equals(rowKey)).isPresent())
                .map(SettingProperty::name)
                .findFirst()
                .orElse(rowKey);
    }

    /// A table being written down.
    static final class Draft {
        private final Map<String, Setting<?>> byExchangeName = new LinkedHashMap<>();
        private final Map<String, Setting<?>> byKey = new LinkedHashMap<>();
        private final List<SettingProperty> properties = new ArrayList<>();

        private Draft(String list) {
            Settings.table().forEach((key, row) -> {
                boolean within = list.isEmpty() ? !key.contains("[]") : key.startsWith(list + "[].");
                if (within) {
                    byKey.put(row.key(), row);
                    row.exchangeName().ifPresent(name -> byExchangeName.put(name, row));
                }
            });
        }

        /// A property that is a setting.
        ///
        /// @throws IllegalArgumentException where no setting has that name of Exchange's
        Draft row(String name, SettingForm form) {
            Setting<?> row = byExchangeName.get(name);
            if (row == null) {
                throw new IllegalArgumentException("no setting is " + name + " of Exchange's");
            }
            properties.add(new SettingProperty(name, form, Optional.of(row), _ -> null, row.says()));
            return this;
        }

        /// The same for several of one form.
        Draft rows(SettingForm form, String... names) {
            List.of(names).forEach(name -> row(name, form));
            return this;
        }

        /// A property that is always the same while the settings do not have it.
        Draft row(String name, SettingForm form, Object otherwise) {
            return byExchangeName.containsKey(name) ? row(name, form) : fixed(name, form, otherwise);
        }

        Draft fixed(String name, SettingForm form, Object value) {
            return derived(
                    name,
                    form,
                    _ -> value,
                    value == null || value.equals(List.of()) ? "Always empty here." : "Always " + value + " here.");
        }

        /// A property that follows from others.
        Draft derived(String name, SettingForm form, Function<Map<String, String>, Object> value, String description) {
            properties.add(new SettingProperty(name, form, Optional.empty(), value, description));
            return this;
        }

        /// A property of ours that Exchange does not have.
        ///
        /// @param key of the setting, within its element
        Draft own(String name, SettingForm form, String key) {
            Setting<?> row = byKey.get(key);
            properties.add(new SettingProperty(name, form, Optional.of(row), _ -> null, row.says()));
            return this;
        }

        SettingTable done() {
            return new SettingTable(properties);
        }
    }
}
