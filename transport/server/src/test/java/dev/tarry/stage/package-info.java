/// For tests: a world on the test's own thread, with a clock that stands still until told and wires that lead to
/// scripts.
package dev.tarry.stage;
