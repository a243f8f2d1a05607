/// What the operator wrote: settings that are typed, bounded, explained and checked before anything starts.
///
/// Every setting is a row of data ([Setting]): key, kind, default, bounds, one sentence, and Exchange's name where it
/// has one. The rows stand beside the record that carries their values ([TransportSettings], [DnsSettings] …), and the
/// same rows serve the YAML file, `TARRY_…`, `--set`, and whatever explains them.
///
/// Doors in: [SettingsBook] (what holds, and how it is changed while the server runs), [Settings#load]
/// (everything at once, or every fault at once), [Settings#table] (the rows), [ReferencePage], [SamplePage]
/// and [SchemaPage] (the pages beside this module, written from the rows), [SettingsDiff].
///
/// May import: the JDK and the YAML event parser (in [YamlReader] only). Never here: anything else of tarry's, a name
/// look-up, the clock.
package dev.tarry.config;
