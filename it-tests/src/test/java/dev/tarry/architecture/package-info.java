/// The rules of the house, as tests: which way the arrows run, who may read the clock, how things are called.
/// Every rule is also tried on a class that breaks it (packages named `planted`), so that no rule passes by being
/// blind.
package dev.tarry.architecture;
