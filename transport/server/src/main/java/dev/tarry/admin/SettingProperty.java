package dev.tarry.admin;

import dev.tarry.config.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One property of an object that is made of settings: a connector, a domain, the transport service.
///
/// @param name as Exchange writes it
/// @param form what its values look like
/// @param row the setting behind it; absent: it cannot be changed
/// @param fixed where there is no row: its value, made of the object's settings (key to printed text)
/// @param description one sentence for the API's description
public record SettingProperty(
        String name,
        SettingForm form,
        Optional<Setting<?>> row,
        Function<Map<String, String>, Object> fixed,
        String description) {
    /// Whether it can be set.
    public boolean changeable() {
        return row.isPresent();
    }

    Object shown(Map<String, String> values) {
        return row.isPresent() ? form.shown(values.get(row.get().key())) : fixed.apply(values);
    }
}
