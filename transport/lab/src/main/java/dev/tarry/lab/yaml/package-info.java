/// YAML as people write it for the lab: plain values with their places, and nothing that can hurt.
///
/// Doors in: [YamlNode]. May import the YAML parser and the JDK. Never here: what the values mean.
package dev.tarry.lab.yaml;
